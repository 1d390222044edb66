// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;

/** Where batches go and what makes them last. For the lane's thread. */
interface BatchScope {

    /** The table into which rows are written, as it stands in SQL; valid after {@link #begin}. */
    String relation();

    /** Whether rows of the table's own key are looked at when they are written. */
    boolean meetsKeys();

    /** Whether the transaction may use temporary tables. */
    boolean allowsTemporary();

    /**
     * Prepares for a batch.
     *
     * @return whether the batch is to be written; otherwise an earlier attempt, whose answer was
     *     lost, has done it
     */
    boolean begin(PostgresSession session, RowBatch batch) throws SQLException;

    /** Undoes what was written of the batch since {@link #begin}. */
    void undo(PostgresSession session) throws SQLException;

    /** Makes the batch last, or part of what will. */
    void keep(PostgresSession session, int rows) throws SQLException;
}
