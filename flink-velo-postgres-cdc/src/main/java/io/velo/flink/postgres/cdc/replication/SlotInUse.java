// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;
import java.time.Duration;

/** Another process reads the slot. */
public final class SlotInUse extends SQLException {

    private static final long serialVersionUID = 1L;

    /** What the server itself says then: object_in_use. */
    public static final String STATE = "55006";

    private final transient SlotPatience.Holder holder;
    private final Duration longest;
    private final VeloException failure;

    /**
     * The slot is in use.
     *
     * @param holder who reads the slot
     * @param longest how long that is waited for
     * @param failure what is told if it stays so
     */
    private SlotInUse(SlotPatience.Holder holder, Duration longest, VeloException failure) {
        super(failure.getMessage(), STATE);
        this.holder = holder;
        this.longest = longest;
        this.failure = failure;
    }

    /** The slot is read by this process, says the server behind the session. */
    public static SlotInUse by(SlotPatience.Holder holder, PostgresSession session, String slot)
            throws SQLException {
        Duration longest = SlotPatience.tryFindLongest(session);
        return new SlotInUse(holder, longest, SlotPatience.inUse(session, slot, holder, longest));
    }

    /** Who reads the slot. */
    public SlotPatience.Holder holder() {
        return holder;
    }

    /** How long that is waited for. */
    public Duration longest() {
        return longest;
    }

    /** What is told if it stays so. */
    public VeloException failure() {
        return failure;
    }
}
