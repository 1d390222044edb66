// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What was committed, and what waits: a small table {@value #TABLE} beside the target holds the
 * last committed epoch of each writer; tables and prepared transactions that wait are found by
 * their names. Immutable, therefore thread-safe; the sessions are not.
 */
final class Ledger {

    static final String TABLE = "velo_commits";

    /** Any number that others do not use: two writers must not make the table at once. */
    private static final long LOCK = 0x76656c6f5f636dL;

    private final WriteTarget target;
    private final TableName ledger;

    Ledger(WriteTarget target) {
        this.target = target;
        this.ledger = TableName.of(target.table().schema().name(), TABLE);
    }

    /** Makes the table if it is missing, and commits. */
    void open(PostgresSession session) throws SQLException {
        try (PreparedStatement statement =
                session.connection().prepareStatement("SELECT pg_catalog.to_regclass(?)")) {
            statement.setString(1, ledger.quoted());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (result.getString(1) != null) {
                    session.connection().commit();
                    return;
                }
            }
        }
        run(session, "SELECT pg_catalog.pg_advisory_xact_lock(" + LOCK + ")");
        run(
                session,
                "CREATE TABLE IF NOT EXISTS "
                        + ledger.quoted()
                        + " (writer text, epoch int8, committed_at timestamptz DEFAULT now(),"
                        + " PRIMARY KEY (writer, epoch))");
        session.connection().commit();
    }

    /** Notes that rows are committed with the transaction that is open. */
    void note(PostgresSession session, StagedRows rows) throws SQLException {
        String insert =
                "INSERT INTO "
                        + ledger.quoted()
                        + " (writer, epoch) VALUES (?, ?)"
                        + " ON CONFLICT DO NOTHING";
        execute(session, insert, rows);
    }

    /** Forgets earlier epochs of the writer. */
    void forgetBefore(PostgresSession session, StagedRows rows) throws SQLException {
        execute(
                session,
                "DELETE FROM " + ledger.quoted() + " WHERE writer = ? AND epoch < ?",
                rows);
    }

    private static void execute(PostgresSession session, String sql, StagedRows rows)
            throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
            statement.setString(1, rows.writer());
            statement.setLong(2, rows.epoch());
            statement.execute();
        }
    }

    /** Whether these rows, or later ones of the writer, were committed. */
    boolean isCommitted(PostgresSession session, StagedRows rows) throws SQLException {
        String query =
                "SELECT count(*) FROM " + ledger.quoted() + " WHERE writer = ? AND epoch >= ?";
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            statement.setString(1, rows.writer());
            statement.setLong(2, rows.epoch());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1) > 0;
            }
        }
    }

    /** Whether a transaction of this name is prepared. */
    boolean isPrepared(PostgresSession session, String name) throws SQLException {
        return !names(
                        session,
                        "SELECT gid FROM pg_catalog.pg_prepared_xacts"
                                + " WHERE database = pg_catalog.current_database()"
                                + " AND gid = ?",
                        name)
                .isEmpty();
    }

    /** The columns of a table that waits, quoted. */
    List<String> columns(PostgresSession session, TableName staging) throws SQLException {
        return names(
                session,
                "SELECT pg_catalog.quote_ident(attname) FROM pg_catalog.pg_attribute"
                        + " WHERE attrelid = ?::pg_catalog.regclass AND attnum > 0"
                        + " AND NOT attisdropped ORDER BY attnum",
                staging.quoted());
    }

    /**
     * Removes what waits under names of an owner or writer, from an epoch on: it belongs to no
     * checkpoint.
     *
     * @param writer the writer, or null for all writers of the owner
     */
    void clean(PostgresSession session, String owner, String writer, long fromEpoch)
            throws SQLException {
        String prefix = StagingNames.prefix(writer == null ? owner : writer);
        String tables =
                "SELECT relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE relkind = 'r' AND pg_catalog.starts_with(relname::text, ?)"
                        + " AND nspname = "
                        + Quoting.literal(target.table().schema().name());
        for (String name : names(session, tables, prefix)) {
            if (writer == null || StagingNames.epoch(name, writer) >= fromEpoch) {
                TableName table = TableName.of(target.table().schema().name(), name);
                run(session, "DROP TABLE IF EXISTS " + table.quoted());
            }
        }
        session.connection().commit();
        String prepared =
                "SELECT gid FROM pg_catalog.pg_prepared_xacts"
                        + " WHERE database = pg_catalog.current_database()"
                        + " AND owner = current_user AND pg_catalog.starts_with(gid, ?)";
        List<String> open = names(session, prepared, prefix);
        session.connection().commit();
        session.connection().setAutoCommit(true);
        for (String name : open) {
            if (writer == null || StagingNames.epoch(name, writer) >= fromEpoch) {
                run(session, "ROLLBACK PREPARED " + Quoting.literal(name));
            }
        }
        session.connection().setAutoCommit(false);
    }

    private static List<String> names(PostgresSession session, String query, String parameter)
            throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = session.connection().prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(result.getString(1));
                }
            }
        }
        return names;
    }

    private static void run(PostgresSession session, String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
