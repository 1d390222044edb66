// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import java.io.Serializable;
import java.time.Duration;

/**
 * The slot and the publication of a capture. Immutable, therefore thread-safe.
 *
 * @param slot the slot's name
 * @param ownName whether Velo made the name up: then a slot of this name without state is made anew
 * @param publication the publication's name
 * @param failover whether the slot is kept on standbys, too (PostgreSQL 17)
 * @param createTimeout the longest wait for running transactions when the slot is made
 * @param acknowledgeDelay how many checkpoints late the server is told what it may forget
 * @param maxRetained how many bytes of the log the slot may hold back, or 0 for any number
 * @param exceeded what happens above that
 * @param lost what happens when the slot is lost
 * @param heartbeat how often a message is written to the log, or zero for never
 */
public record SlotSettings(
        String slot,
        boolean ownName,
        String publication,
        boolean failover,
        Duration createTimeout,
        int acknowledgeDelay,
        long maxRetained,
        WalExceeded exceeded,
        OnLostSlot lost,
        Duration heartbeat)
        implements Serializable {

    /** The same for a slot of another name. */
    public SlotSettings withSlot(String other) {
        return new SlotSettings(
                other,
                ownName,
                publication,
                failover,
                createTimeout,
                acknowledgeDelay,
                maxRetained,
                exceeded,
                lost,
                heartbeat);
    }
}
