// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.ColumnSource;
import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.codec.ReadCast;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.text.NearestMatch;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Looks at the real table, compares it with the columns that are asked for, and cuts the scan into
 * splits. This version makes one split per table. FINAL is added where the engine merges rows.
 */
final class SplitPlanner {

    private final ScanPlan plan;

    SplitPlanner(ScanPlan plan) {
        this.plan = plan;
    }

    /**
     * The splits of the scan.
     *
     * @throws io.velo.flink.common.error.VeloException if the table is missing or does not fit
     */
    List<ClickHouseSplit> split() throws InterruptedException {
        HttpTransport transport = new HttpTransport(plan.target());
        TableMeta meta =
                Patience.ask(
                        transport,
                        "Planning the scan of " + plan.title(),
                        () ->
                                new TableMetaReader(transport)
                                        .read(plan.target().database(), plan.table()));
        return List.of(split(meta));
    }

    ClickHouseSplit split(TableMeta meta) {
        Problems problems = new Problems();
        List<String> expressions = new ArrayList<>();
        List<ColumnSource> sources = new ArrayList<>();
        for (RowType.RowField field : plan.rowType().getFields()) {
            ColumnMeta column = meta.column(field.getName()).orElse(null);
            if (column == null || !column.readable()) {
                problems.add(missing(meta, field.getName()));
            } else {
                LogicalType flink = field.getType();
                expressions.add(ReadCast.expression(column.name(), column.type(), flink));
                sources.add(
                        new ColumnSource(
                                column.name(), ReadCast.answerType(column.type(), flink), flink));
            }
        }
        problems.throwIfAny();
        NativeBlockReader.check(sources, ZoneOffset.UTC);
        List<ResumeKey> keys = plan.resumable() ? keys(meta) : List.of();
        keys.forEach(key -> expressions.add(key.hex()));
        String select =
                "SELECT "
                        + (expressions.isEmpty() ? "toUInt8(1)" : String.join(", ", expressions))
                        + " FROM "
                        + Sql.table(meta.database(), meta.table())
                        + (meta.engine().needsFinal() ? " FINAL" : "");
        return ClickHouseSplit.of(plan.title() + "#0", select, keys, plan.limit());
    }

    /** The sorting key if every part of it is a column by whose values the scan can go on. */
    private static List<ResumeKey> keys(TableMeta meta) {
        List<ResumeKey> keys = new ArrayList<>();
        for (String part : meta.sortingKey()) {
            Optional<ResumeKey> key = meta.column(part).flatMap(ResumeKey::of);
            if (key.isEmpty()) {
                return List.of();
            }
            keys.add(key.get());
        }
        return keys;
    }

    private static Problem missing(TableMeta meta, String name) {
        List<String> names =
                meta.columns().stream().filter(ColumnMeta::readable).map(ColumnMeta::name).toList();
        return Problem.of(
                        ErrorCode.SCHEMA_COLUMN,
                        "Table "
                                + meta.title()
                                + " has no readable column '"
                                + name
                                + "'."
                                + NearestMatch.question(name, names))
                .remedy("Columns: " + String.join(", ", names) + ".");
    }
}
