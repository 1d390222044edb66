// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;

/** Gathers the batches of one checkpoint. For the lane's thread. */
interface EpochScope extends BatchScope {

    /**
     * Ends the epoch; its rows survive whatever happens from now on.
     *
     * @return what waits to be committed, or null if there were no rows
     */
    StagedRows end(PostgresSession session) throws SQLException;

    /** Starts the next epoch. */
    void next();
}
