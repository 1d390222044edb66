// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The connection whose transaction keeps an exported snapshot alive. The table is locked against
 * being rewritten or dropped, as any reader locks it. Thread-safe.
 */
final class SnapshotHolder implements AutoCloseable {

    private final TableScan scan;
    private PostgresSession session;

    SnapshotHolder(TableScan scan) {
        this.scan = scan;
    }

    /** Exports the present moment and holds it until closed. */
    synchronized Snapshot export() throws SQLException {
        close();
        session = PostgresSession.tryOpen(scan.settings(), SessionPurpose.SCAN);
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            // Before the snapshot: blocks must not be numbered anew between the two.
            Optional<TableName> table = scan.relation().table();
            if (table.isPresent() && scan.order() == ReadOrder.ANY) {
                statement.execute("LOCK TABLE " + table.get().quoted() + " IN ACCESS SHARE MODE");
            }
            String id = session.texts("SELECT pg_catalog.pg_export_snapshot()").get(0);
            return new Snapshot(id, session.host());
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
