// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the publication of a capture, or adds to an existing one the tables that it lacks; never
 * takes one out. Not thread-safe, because the session is not.
 */
public final class Publication {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String EXISTING =
            "SELECT pubinsert AND pubupdate AND pubdelete, pubtruncate, pubviaroot"
                    + " FROM pg_catalog.pg_publication WHERE pubname = ?";

    private static final String FILTERED =
            "SELECT r.prrelid::pg_catalog.regclass::text FROM pg_catalog.pg_publication_rel r"
                    + " JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid"
                    + " WHERE p.pubname = ? AND (pg_catalog.to_jsonb(r)->>'prqual' IS NOT NULL"
                    + " OR pg_catalog.to_jsonb(r)->>'prattrs' IS NOT NULL)";

    private static final String ANCESTOR =
            "SELECT t.schemaname || '.' || t.tablename FROM pg_catalog.pg_publication p"
                    + " JOIN pg_catalog.pg_publication_tables t ON t.pubname = p.pubname"
                    + " WHERE p.pubname = ? AND p.pubviaroot"
                    + " AND pg_catalog.format('%I.%I', t.schemaname, t.tablename)"
                    + "::pg_catalog.regclass IN (SELECT relid"
                    + " FROM pg_catalog.pg_partition_ancestors(?::pg_catalog.regclass))";

    private final PostgresSession session;
    private final CaptureSettings settings;
    private final String name;

    /**
     * The publication of a capture.
     *
     * @param name its name
     */
    public Publication(PostgresSession session, CaptureSettings settings, String name) {
        this.session = session;
        this.settings = settings;
        this.name = name;
    }

    /**
     * Makes sure that the publication has the tables.
     *
     * @param partitioned whether one of them is partitioned
     * @return whether it was made or changed
     * @throws VeloException if it cannot be used, or the login may not change it: with the
     *     statement that the owner of the tables must run
     */
    public boolean tryEnsure(List<TableName> tables, boolean partitioned) throws SQLException {
        List<String> sql = missing(tables, partitioned);
        if (!sql.isEmpty()) {
            run(sql.get(0));
        }
        return !sql.isEmpty();
    }

    /**
     * Makes sure that the publication has the tables, and that the reader of a slot that is there
     * notices it for everything that rows do not show which are read from now on.
     *
     * @param partitioned whether one of them is partitioned
     * @param slot the slot; if tables are added, the call waits for transactions that run
     * @throws VeloException as {@link #tryEnsure} does
     */
    public void tryEnsureNoticed(List<TableName> tables, boolean partitioned, ReplicationSlot slot)
            throws SQLException {
        boolean changed = tryEnsure(tables, partitioned);
        if (changed || !isNoticed(session.texts("SHOW server_version_num").get(0))) {
            slot.tryAwaitVisible();
            tryRenew();
            slot.tryAwaitVisible();
        }
    }

    /** Whether readers of the log notice a table that is added while older transactions run. */
    static boolean isNoticed(String versionNumber) {
        int version = Integer.parseInt(versionNumber);
        int minor = version % 10_000;
        return switch (version / 10_000) {
            case 14 -> minor >= 18;
            case 15 -> minor >= 13;
            case 16 -> minor >= 9;
            case 17 -> minor >= 5;
            default -> true;
        };
    }

    /**
     * Makes readers of the log look at the publication again. A server before 14.18, 15.13, 16.9
     * and 17.5 that decodes a transaction older than a table's publication takes the table for
     * unpublished from then on (mended there by PostgreSQL's commit 4909b38af0): to be called once
     * no such transaction runs any more. Not tested on such a server: elsewhere it changes nothing.
     */
    private void tryRenew() throws SQLException {
        List<String> viaRoot =
                session.texts(
                        "SELECT pubviaroot::text FROM pg_catalog.pg_publication WHERE pubname = "
                                + Quoting.literal(name));
        run(
                "ALTER PUBLICATION "
                        + quoted()
                        + " SET (publish_via_partition_root = "
                        + viaRoot.get(0)
                        + ")");
    }

    /**
     * Requires that the publication has the tables: one that is added now lacks what the slot has
     * kept of it so far.
     *
     * @param partitioned whether one of them is partitioned
     */
    public void tryRequire(List<TableName> tables, boolean partitioned) throws SQLException {
        List<String> sql = missing(tables, partitioned);
        if (!sql.isEmpty()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Publication '"
                                    + name
                                    + "' lacks tables whose changes the slot is to have kept.")
                    .at(settings.database().place())
                    .remedy(
                            "Run "
                                    + sql.get(0)
                                    + "; and make the slot anew behind it, or use"
                                    + " scan_startup=initial.")
                    .toException();
        }
    }

    /** The statement that makes the publication or adds what it lacks; none if it has all. */
    private List<String> missing(List<TableName> tables, boolean partitioned) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(EXISTING)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    return List.of(
                            "CREATE PUBLICATION "
                                    + quoted()
                                    + " FOR TABLE "
                                    + list(tables)
                                    + " WITH (publish_via_partition_root = true)");
                }
                requireUsable(result, partitioned);
            }
        }
        requireUnfiltered();
        List<TableName> missing = new ArrayList<>(tables);
        missing.removeAll(PublishedTables.tryRead(session, name));
        for (TableName table : missing) {
            requireOwnName(table);
        }
        return missing.isEmpty()
                ? List.of()
                : List.of("ALTER PUBLICATION " + quoted() + " ADD TABLE " + list(missing));
    }

    /** A partition whose table is published comes under the name of that table. */
    private void requireOwnName(TableName table) throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(ANCESTOR)) {
            statement.setString(1, name);
            statement.setString(2, table.quoted());
            try (ResultSet result = statement.executeQuery()) {
                if (result.next()) {
                    throw Problem.of(
                                    ErrorCode.CAPABILITY_COMBINATION,
                                    "Publication '"
                                            + name
                                            + "' gives the changes of partition "
                                            + table
                                            + " under the name of table "
                                            + result.getString(1)
                                            + ".")
                            .at(settings.database().place())
                            .remedy(
                                    "Capture that table, or name a publication_name of the"
                                            + " partition's own.")
                            .toException();
                }
            }
        }
    }

    private void requireUsable(ResultSet result, boolean partitioned) throws SQLException {
        if (!result.getBoolean(1) || !result.getBoolean(2)) {
            throw refusal(
                    "does not publish every kind of change",
                    "ALTER PUBLICATION "
                            + quoted()
                            + " SET (publish = 'insert, update, delete, truncate');");
        }
        if (partitioned && !result.getBoolean(3)) {
            throw refusal(
                    "publishes partitions under their own names",
                    "ALTER PUBLICATION " + quoted() + " SET (publish_via_partition_root = true);");
        }
    }

    private void requireUnfiltered() throws SQLException {
        try (PreparedStatement statement = session.connection().prepareStatement(FILTERED)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                if (result.next()) {
                    throw refusal(
                            "leaves out rows or columns of table " + result.getString(1),
                            "ALTER PUBLICATION "
                                    + quoted()
                                    + " DROP TABLE "
                                    + result.getString(1)
                                    + "; ALTER PUBLICATION "
                                    + quoted()
                                    + " ADD TABLE "
                                    + result.getString(1)
                                    + ";");
                }
            }
        }
    }

    private VeloException refusal(String fault, String sql) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Publication '" + name + "' " + fault + ".")
                .at(settings.database().place())
                .remedy("Run " + sql + " or name another publication_name.")
                .toException();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute(sql);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw Problem.of(
                                ErrorCode.IO_PRIVILEGE,
                                "The login may not make or change publication '" + name + "'.")
                        .at(settings.database().place())
                        .remedy("Let the owner of the tables run " + sql + ";.")
                        .toException(e);
            }
            throw e;
        }
    }

    private String quoted() {
        return Identifier.of(name).quoted();
    }

    private static String list(List<TableName> tables) {
        return String.join(", ", tables.stream().map(table -> "ONLY " + table.quoted()).toList());
    }
}
