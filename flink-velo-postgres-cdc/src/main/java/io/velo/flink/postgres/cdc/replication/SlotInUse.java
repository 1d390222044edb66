// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.VeloException;
import java.sql.SQLException;

/** Another process reads the slot. */
public final class SlotInUse extends SQLException {

    private static final long serialVersionUID = 1L;

    private final transient SlotPatience.Holder holder;
    private final VeloException failure;

    /**
     * The answer of the server.
     *
     * @param holder who reads the slot
     * @param failure what is told if it stays so
     */
    public SlotInUse(SQLException reason, SlotPatience.Holder holder, VeloException failure) {
        super(reason.getMessage(), reason.getSQLState(), reason);
        this.holder = holder;
        this.failure = failure;
    }

    /** Who reads the slot. */
    public SlotPatience.Holder holder() {
        return holder;
    }

    /** What is told if it stays so. */
    public VeloException failure() {
        return failure;
    }
}
