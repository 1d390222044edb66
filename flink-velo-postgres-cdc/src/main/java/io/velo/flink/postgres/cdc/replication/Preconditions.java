// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks before anything is made whether a capture can work, and reports everything that is missing
 * at once, each with the statement that helps. Not thread-safe, because the session is not.
 */
public final class Preconditions {

    private static final int OLDEST = 140000;

    private static final String SERVER =
            "SELECT pg_catalog.pg_is_in_recovery(),"
                    + " pg_catalog.current_setting('server_version_num')::int4,"
                    + " pg_catalog.current_setting('wal_level'),"
                    + " (SELECT r.rolsuper OR r.rolreplication OR EXISTS (SELECT 1"
                    + " FROM pg_catalog.pg_roles m WHERE m.rolname = 'rds_replication'"
                    + " AND pg_catalog.pg_has_role(m.oid, 'MEMBER'))"
                    + " FROM pg_catalog.pg_roles r WHERE r.rolname = current_user),"
                    + " (SELECT count(*) FROM pg_catalog.pg_replication_slots),"
                    + " pg_catalog.current_setting('max_replication_slots')::int4,"
                    + " EXISTS (SELECT 1 FROM pg_catalog.pg_replication_slots WHERE slot_name = ?)";

    /** The table and its partitions: each says itself what its old rows hold. */
    private static final String TABLE =
            "SELECT n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident,"
                    + " EXISTS (SELECT 1 FROM pg_catalog.pg_index i"
                    + " WHERE i.indrelid = c.oid AND i.indisprimary),"
                    + " pg_catalog.row_security_active(c.oid),"
                    + " pg_catalog.has_table_privilege(c.oid, 'SELECT'),"
                    + " ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a"
                    + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                    + " AND a.attgenerated <> ''),"
                    + " ARRAY(SELECT a.attname::text FROM pg_catalog.pg_index i"
                    + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                    + " AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid"
                    + " AND (c.relreplident = 'd' AND i.indisprimary"
                    + " OR c.relreplident = 'i' AND i.indisreplident)),"
                    + " ARRAY(SELECT a.attname::text FROM pg_catalog.pg_index i"
                    + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
                    + " AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary)"
                    + " FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.oid = ?::pg_catalog.regclass OR c.oid IN (SELECT relid"
                    + " FROM pg_catalog.pg_partition_tree(?::pg_catalog.regclass))";

    private final PostgresSession session;
    private final CaptureSettings settings;
    private final Problems problems = new Problems();

    /** Checks by this session. */
    public Preconditions(PostgresSession session, CaptureSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /**
     * Checks the server and the tables.
     *
     * @throws io.velo.flink.common.error.VeloException with everything that stands in the way
     */
    public void tryRequire(List<TableName> tables) throws SQLException {
        server();
        for (TableName table : tables) {
            table(table);
        }
        problems.throwIfAny();
    }

    /**
     * Requires everything that tables need which are added to a capture.
     *
     * @throws io.velo.flink.common.error.VeloException with everything that is missing
     */
    public void tryRequireAdded(List<TableName> tables) throws SQLException {
        for (TableName table : tables) {
            table(table);
        }
        problems.throwIfAny();
    }

    private void server() throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(SERVER)) {
            statement.setString(1, settings.slot().slot());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (result.getBoolean(1)) {
                    report(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "The server is a standby, from which changes cannot be captured.",
                            "Name the primary server in the URI.");
                }
                if (result.getInt(2) < OLDEST) {
                    report(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Change capture needs PostgreSQL 14 or later.",
                            "Upgrade the server.");
                }
                if (!settings.readsChanges()) {
                    return;
                }
                if (!result.getString(3).equals("logical")) {
                    report(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "The server's wal_level is '"
                                    + result.getString(3)
                                    + "'; change capture needs 'logical'.",
                            "Run ALTER SYSTEM SET wal_level = 'logical'; and restart the server.");
                }
                if (!result.getBoolean(4)) {
                    report(
                            ErrorCode.IO_PRIVILEGE,
                            "The login may not use replication slots.",
                            "Run ALTER ROLE "
                                    + quotedUser()
                                    + " REPLICATION; (on Amazon RDS: GRANT rds_replication TO "
                                    + quotedUser()
                                    + ";).");
                }
                if (!result.getBoolean(7) && result.getInt(5) >= result.getInt(6)) {
                    report(
                            ErrorCode.IO_SERVER,
                            "All " + result.getInt(6) + " replication slots are in use.",
                            "Run ALTER SYSTEM SET max_replication_slots = "
                                    + (result.getInt(6) + 10)
                                    + "; and restart the server, or drop a slot that nobody uses:"
                                    + " SELECT slot_name FROM pg_replication_slots WHERE NOT"
                                    + " active;");
                }
            }
        }
    }

    private String quotedUser() {
        return '"' + settings.database().shownUser().replace("\"", "\"\"") + '"';
    }

    private void table(TableName table) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(TABLE)) {
            statement.setString(1, table.quoted());
            statement.setString(2, table.quoted());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    TableName found = TableName.of(result.getString(1), result.getString(2));
                    one(result, found, found.equals(table));
                }
            }
        }
    }

    private void one(ResultSet result, TableName table, boolean isNamed) throws SQLException {
        String kind = result.getString(3);
        if (!kind.equals("r") && !kind.equals("p")) {
            report(
                    ErrorCode.CAPABILITY_COMBINATION,
                    table + " is not a table, and only tables have changes.",
                    "Read it once, without cdc=true.");
            return;
        }
        if (settings.readsChanges() && result.getString(4).equals("u")) {
            report(
                    ErrorCode.CAPABILITY_COMBINATION,
                    "Table " + table + " is unlogged: its changes are not in the log.",
                    "Run ALTER TABLE " + table.quoted() + " SET LOGGED;.");
        }
        if (result.getBoolean(7)) {
            report(
                    ErrorCode.IO_PRIVILEGE,
                    "Row security hides rows of table " + table + " from the login.",
                    "Run ALTER ROLE " + quotedUser() + " BYPASSRLS;.");
        }
        if (isNamed && !result.getBoolean(8)) {
            report(
                    ErrorCode.IO_PRIVILEGE,
                    "The login may not read table " + table + ".",
                    "Run GRANT SELECT ON TABLE " + table.quoted() + " TO " + quotedUser() + ";.");
        }
        if (settings.readsChanges() && kind.equals("r")) {
            identity(result, table);
        }
        if (isNamed && settings.readsChanges() && !settings.layout().envelope()) {
            generated(texts(result, 9), table);
        }
    }

    private void identity(ResultSet result, TableName table) throws SQLException {
        String identity = result.getString(5);
        String full = "Run ALTER TABLE " + table.quoted() + " REPLICA IDENTITY FULL;.";
        if (identity.equals("n") || identity.equals("d") && !result.getBoolean(6)) {
            report(
                    ErrorCode.CAPABILITY_COMBINATION,
                    "Nothing identifies the rows of table "
                            + table
                            + " in its changes; once published, its updates and deletes would"
                            + " fail.",
                    full);
            return;
        }
        if (identity.equals("f")) {
            return;
        }
        boolean needsRowsBefore =
                settings.rules().form() == ChangelogForm.ALL
                        || !settings.layout().envelope() && settings.layout().keys().isEmpty();
        if (needsRowsBefore) {
            report(
                    ErrorCode.CAPABILITY_COMBINATION,
                    "The changelog of table "
                            + table
                            + " is to hold rows before changes, which the server does not send.",
                    full + " Or declare the PRIMARY KEY and set changelog=upsert or append.");
            return;
        }
        Set<String> needed = new HashSet<>(settings.layout().keys());
        needed.addAll(texts(result, 11));
        needed.removeAll(texts(result, 10));
        if (!needed.isEmpty()) {
            report(
                    ErrorCode.CAPABILITY_COMBINATION,
                    "Changes of table "
                            + table
                            + " do not identify its rows by the key: they lack "
                            + String.join(", ", needed)
                            + ".",
                    full);
        }
    }

    private void generated(List<String> generated, TableName table) {
        for (String column : generated) {
            if (settings.layout().columns().getFieldNames().contains(column)) {
                report(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Column '"
                                + column
                                + "' of table "
                                + table
                                + " is generated, and the server does not send generated columns.",
                        "Leave it out of the declared columns and compute it in Flink.");
            }
        }
    }

    private static List<String> texts(ResultSet result, int column) throws SQLException {
        return List.of((String[]) result.getArray(column).getArray());
    }

    private void report(ErrorCode code, String sentence, String remedy) {
        problems.add(Problem.of(code, sentence).at(settings.database().place()).remedy(remedy));
    }

    /** The tables that are meant, by name. */
    public static List<TableName> tryTables(PostgresSession session, CaptureSettings settings)
            throws SQLException {
        if (settings.tables().single().isPresent()) {
            return List.of(settings.tables().single().get());
        }
        String query =
                "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
                        + " AND c.relpersistence = 'p'"
                        + " AND n.nspname NOT IN ("
                        + Quoting.literal("pg_catalog")
                        + ", "
                        + Quoting.literal("information_schema")
                        + ") AND n.nspname NOT LIKE 'pg\\_%'"
                        + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"";
        List<TableName> tables = new java.util.ArrayList<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                TableName name = TableName.of(result.getString(1), result.getString(2));
                if (settings.tables().contains(name)) {
                    tables.add(name);
                }
            }
        }
        if (tables.isEmpty()) {
            throw Problem.of(ErrorCode.SCHEMA_NO_TABLE, "No table fits what is to be captured.")
                    .at(settings.database().place())
                    .remedy("Check 'tables', 'schema' and the predicate on table_name.")
                    .toException();
        }
        return tables;
    }
}
