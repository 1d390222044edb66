// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableNames;
import io.velo.flink.postgres.meta.TableReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.flink.table.types.logical.RowType;

/** Checks address, login, table, privilege and declared columns, in this order. Not thread-safe. */
final class PostgresProbe {

    private final TableRequest request;
    private final PostgresTable table;

    PostgresProbe(TableRequest request) {
        this.request = request;
        this.table = PostgresTable.of(request);
    }

    ProbeReport report() {
        ProbeReport.Recorder recorder = ProbeReport.record();
        try (Opened opened = new Opened()) {
            recorder.check("connection", () -> version(opened.open()));
            if (CaptureRequest.isOne(request)) {
                CaptureProbe capture = new CaptureProbe(new CaptureRequest(request));
                recorder.check("capture", () -> capture.preconditions(opened.session))
                        .check("slot", () -> capture.slot(opened.session));
                if (table.table().isEmpty()) {
                    return recorder.report();
                }
            }
            recorder.check("table", () -> describe(opened))
                    .check("privilege", () -> privilege(opened));
            if (!request.schema().getColumns().isEmpty()) {
                recorder.check("columns", () -> columns(opened));
            }
        }
        return recorder.report();
    }

    private String version(PostgresSession session) {
        try {
            return "PostgreSQL "
                    + session.connection().getMetaData().getDatabaseProductVersion()
                    + ", logged in as "
                    + session.connection().getMetaData().getUserName();
        } catch (SQLException e) {
            throw StatementFailure.describe(e, table.settings(), "asking for the version");
        }
    }

    private String describe(Opened opened) {
        if (table.table().isEmpty()) {
            try {
                throw new TableNames(opened.session).unnamed();
            } catch (SQLException e) {
                throw StatementFailure.describe(e, table.settings(), "listing tables");
            }
        }
        TableInfo info = new TableReader(opened.session).read(table.requireTable());
        opened.info = info;
        String key =
                info.primaryKey().isEmpty() ? "no primary key" : "primary key " + info.primaryKey();
        return info.name() + ", " + info.columns().size() + " columns, " + key;
    }

    private String privilege(Opened opened) {
        String query =
                "SELECT pg_catalog.has_table_privilege(?, 'SELECT'),"
                        + " pg_catalog.has_any_column_privilege(?, 'SELECT')";
        try (PreparedStatement statement = opened.session.connection().prepareStatement(query)) {
            statement.setString(1, table.requireTable().quoted());
            statement.setString(2, table.requireTable().quoted());
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                if (result.getBoolean(1)) {
                    return "SELECT";
                }
                if (result.getBoolean(2)) {
                    return "SELECT on some columns only";
                }
            }
        } catch (SQLException e) {
            throw StatementFailure.describe(e, table.settings(), "asking for privileges");
        }
        throw Problem.of(
                        ErrorCode.IO_PRIVILEGE,
                        "The login '"
                                + table.settings().shownUser()
                                + "' may not read table "
                                + table.requireTable()
                                + ".")
                .at(table.settings().place())
                .remedy(
                        "Let the owner run GRANT SELECT ON TABLE "
                                + table.requireTable().quoted()
                                + " TO this login.")
                .toException();
    }

    private String columns(Opened opened) {
        RowType declared = (RowType) request.physicalType().getLogicalType();
        ColumnMappings.of(opened.info, declared, table.settings());
        return declared.getFieldCount() + " columns fit";
    }

    /** What the checks open and find out for each other. */
    private final class Opened implements AutoCloseable {

        private PostgresSession session;
        private TableInfo info;

        PostgresSession open() {
            session = PostgresSession.open(table.settings(), SessionPurpose.DISCOVERY);
            return session;
        }

        @Override
        public void close() {
            if (session != null) {
                session.close();
            }
        }
    }
}
