// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.TypeOptions;
import io.velo.flink.clickhouse.type.FlinkTypes;
import io.velo.flink.clickhouse.type.TypeChoice;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.TableRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.DataType;

/**
 * The Flink columns of a ClickHouse table: those that {@code SELECT *} shows, without the ones that
 * Velo made for itself. Columns of types that this version does not support are left out with a
 * warning, so that they do not spoil the rest.
 */
final class Discovery {

    private static final String OWN_PREFIX = "_velo_";

    private Discovery() {}

    static DiscoveredTable of(TableRequest request, TableMeta meta) {
        List<DiscoveredTable.Column> columns = new ArrayList<>();
        TypeChoice choice =
                new TypeChoice(
                        request.options().get(TypeOptions.BIGINT_MODE),
                        request.options().get(TypeOptions.FIXED_STRING));
        List<String> primaryKey = meta.uniqueKey();
        for (ColumnMeta column : meta.columns()) {
            if (!column.ordinary() || column.name().startsWith(OWN_PREFIX)) {
                continue;
            }
            Optional<DataType> type = FlinkTypes.of(column.type(), choice);
            if (type.isEmpty()) {
                request.warn(unsupported(request, meta, column));
            } else {
                boolean key = primaryKey.contains(column.name());
                DataType flink = key ? type.get().notNull() : type.get();
                columns.add(new DiscoveredTable.Column(column.name(), flink, column.comment()));
            }
        }
        if (meta.columns().isEmpty() && meta.engine().name().equals("View")) {
            throw Problem.of(
                            ErrorCode.SCHEMA_DISCOVERY,
                            "View "
                                    + meta.title()
                                    + " takes parameters, and has no columns without them.")
                    .at(request.uri().toString())
                    .remedy(
                            "Read it by a query: CREATE TABLE t WITH ('connector'='velo',"
                                    + " 'uri'='clickhouse://…', 'query'='SELECT * FROM "
                                    + meta.table()
                                    + "(name = value)').")
                    .toException();
        }
        if (columns.isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_DISCOVERY,
                            "Table " + meta.title() + " has no column of a supported type.")
                    .at(request.uri().toString())
                    .remedy("Read it through a view with scalar columns.")
                    .toException();
        }
        boolean keyComplete =
                primaryKey.stream()
                        .allMatch(key -> columns.stream().anyMatch(c -> c.name().equals(key)));
        return new DiscoveredTable(columns, keyComplete ? primaryKey : List.of(), meta.comment());
    }

    private static Problem unsupported(TableRequest request, TableMeta meta, ColumnMeta column) {
        return Problem.of(
                        ErrorCode.SCHEMA_TYPE,
                        "Column '"
                                + column.name()
                                + "' of "
                                + meta.title()
                                + " is left out: its type "
                                + column.type()
                                + " is not supported by this version.")
                .at(request.uri().toString())
                .remedy("Declare the columns, or read a view that turns it into a scalar.");
    }
}
