// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;

/** The slot does not have the changes behind what was read, or not those that belong to it. */
public final class SlotLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final VeloException failure;

    private SlotLost(VeloException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    static SlotLost of(PostgresSession session, CapturePlace place, String sentence) {
        return new SlotLost(
                Problem.of(ErrorCode.IO_NOT_RESUMABLE, sentence)
                        .at(session.settings().place())
                        .remedy(
                                "Restore a newer savepoint, or an older one if the server lacks"
                                        + " changes; or start the job without its state,"
                                        + " which reads the tables again. A slot that is left:"
                                        + " SELECT pg_drop_replication_slot("
                                        + Quoting.literal(place.slot())
                                        + ");")
                        .toException());
    }

    /** What happened and what to do: {@code VELO-IO-007}. */
    public VeloException failure() {
        return failure;
    }
}
