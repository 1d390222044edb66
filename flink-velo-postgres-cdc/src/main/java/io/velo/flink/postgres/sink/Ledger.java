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
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What was committed, and what waits: a small table {@value #TABLE} beside the target holds the
 * last committed epoch of each writer, or, before its first commit, minus the first checkpoint that
 * knows it; tables and prepared transactions that wait are found by their names. Immutable,
 * therefore thread-safe; the sessions are not.
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

    /** Notes the first checkpoint in whose state a writer is; to be done before it completes. */
    void know(PostgresSession session, String writer, long checkpoint) throws SQLException {
        String insert =
                "INSERT INTO "
                        + ledger.quoted()
                        + " (writer, epoch) VALUES (?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
            statement.setString(1, writer);
            statement.setLong(2, -checkpoint);
            statement.execute();
        }
        session.connection().commit();
    }

    /** Removes what waits under the name of a writer from an epoch on: no checkpoint covers it. */
    void clean(PostgresSession session, String writer, long fromEpoch) throws SQLException {
        String prefix = StagingNames.prefix(writer);
        clean(
                session,
                name -> name.startsWith(prefix) && StagingNames.epoch(name, writer) >= fromEpoch);
    }

    /**
     * Removes what waits under the names of owners' writers that a checkpoint does not know. Those
     * that it knows may go on in another subtask.
     *
     * @param restored the checkpoint from which all of the job goes on; none if it starts
     */
    void cleanUnknown(PostgresSession session, Set<String> owners, OptionalLong restored)
            throws SQLException {
        Set<String> known = new HashSet<>();
        if (restored.isPresent()) {
            String query = "SELECT writer FROM " + ledger.quoted() + " WHERE epoch >= ?::int8";
            known.addAll(names(session, query, Long.toString(-restored.getAsLong())));
        }
        clean(
                session,
                name -> {
                    String writer = StagingNames.writerOf(name);
                    return writer != null
                            && owners.contains(StagingNames.ownerOf(writer))
                            && !known.contains(writer);
                });
    }

    private void clean(PostgresSession session, Predicate<String> left) throws SQLException {
        String tables =
                "SELECT relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE relkind = 'r' AND pg_catalog.starts_with(relname::text, ?)"
                        + " AND nspname = "
                        + Quoting.literal(target.table().schema().name());
        for (String name : names(session, tables, StagingNames.PREFIX)) {
            if (left.test(name)) {
                TableName table = TableName.of(target.table().schema().name(), name);
                run(session, "DROP TABLE IF EXISTS " + table.quoted());
            }
        }
        session.connection().commit();
        String prepared =
                "SELECT gid FROM pg_catalog.pg_prepared_xacts"
                        + " WHERE database = pg_catalog.current_database()"
                        + " AND owner = current_user AND pg_catalog.starts_with(gid, ?)";
        List<String> open = names(session, prepared, StagingNames.PREFIX);
        session.connection().commit();
        session.connection().setAutoCommit(true);
        for (String name : open) {
            if (left.test(name)) {
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
