// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Relation;
import java.sql.SQLException;

/** Reads the description of a table or of the result of a query. Stateless, thread-safe. */
public final class RelationReader {

    private RelationReader() {}

    /**
     * The description of a relation; for callers that try again.
     *
     * @throws SQLException if the server cannot be asked, or refuses the query
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-004} with the nearest names
     *     if there is no such table
     */
    public static TableInfo tryRead(PostgresSession session, Relation relation)
            throws SQLException {
        return relation.table().isPresent()
                ? new TableReader(session).tryRead(relation.table().get())
                : new QueryReader(session).tryRead(relation);
    }
}
