// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.cdc.row.EnvelopeColumn;
import io.velo.flink.postgres.codec.DefaultTypes;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.meta.RelationReader;
import io.velo.flink.postgres.meta.TableColumn;
import io.velo.flink.postgres.meta.TableInfo;
import io.velo.flink.postgres.meta.TableNames;
import io.velo.flink.postgres.sink.OnConflict;
import io.velo.flink.postgres.sql.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.DataType;

/** Finds out the columns of a table. Not thread-safe. */
final class PostgresDiscovery {

    private final PostgresTable table;
    private final SpecialValues policy;
    private final OnConflict onConflict;
    private final boolean isCapture;

    PostgresDiscovery(TableRequest request) {
        this.table = PostgresTable.of(request);
        this.isCapture = CaptureRequest.isOne(request);
        this.policy = request.options().get(PostgresOptions.ON_SPECIAL_VALUE);
        this.onConflict = request.options().get(PostgresOptions.ON_CONFLICT);
    }

    /** The table as Flink sees it. */
    DiscoveredTable discover() {
        if (isCapture && table.table().isEmpty()) {
            return envelope();
        }
        try (PostgresSession session =
                PostgresSession.open(table.settings(), SessionPurpose.DISCOVERY)) {
            if (table.table().isEmpty() && table.query().isEmpty()) {
                throw new TableNames(session).unnamed();
            }
            return discovered(RelationReader.tryRead(session, table.requireRelation()));
        } catch (SQLException e) {
            throw StatementFailure.describe(e, table.settings(), "discovering columns");
        }
    }

    /** The columns of a stream of several tables. */
    private static DiscoveredTable envelope() {
        List<DiscoveredTable.Column> columns = new ArrayList<>();
        for (EnvelopeColumn column : EnvelopeColumn.values()) {
            columns.add(new DiscoveredTable.Column(column.columnName(), column.type(), ""));
        }
        return new DiscoveredTable(columns, List.of(), "");
    }

    private DiscoveredTable discovered(TableInfo info) {
        Problems problems = new Problems();
        List<DiscoveredTable.Column> columns = new ArrayList<>();
        for (TableColumn column : info.columns()) {
            DataType type = DefaultTypes.of(column.type()).orElse(null);
            if (type == null) {
                problems.add(unknownType(column));
                continue;
            }
            columns.add(
                    new DiscoveredTable.Column(
                            column.name().name(),
                            isNeverNull(column, info) ? type.notNull() : type,
                            column.comment()));
        }
        problems.throwIfAny();
        if (columns.isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_DISCOVERY,
                            "Table " + info.name() + " has no columns to read.")
                    .at(table.settings().place())
                    .toException();
        }
        return new DiscoveredTable(columns, primaryKey(info), info.comment());
    }

    /** Rows that are inserted or left out have no key for Flink: it would ask the query for one. */
    private List<String> primaryKey(TableInfo info) {
        return onConflict == OnConflict.IGNORE
                ? List.of()
                : info.primaryKey().stream().map(Identifier::name).toList();
    }

    /** A special value that is read as NULL needs a column that takes NULL. */
    private boolean isNeverNull(TableColumn column, TableInfo info) {
        boolean mayBecomeNull =
                policy == SpecialValues.NULL && !info.primaryKey().contains(column.name());
        return column.notNull() && !mayBecomeNull;
    }

    private Problem unknownType(TableColumn column) {
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column.name()
                                + "' is "
                                + column.type()
                                + " in PostgreSQL, for which Flink has no type.")
                .at(table.settings().place())
                .remedy("Declare the columns, this one as STRING to read its text.");
    }
}
