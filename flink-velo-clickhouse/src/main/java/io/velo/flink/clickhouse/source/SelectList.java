// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.CarriedTypes;
import io.velo.flink.clickhouse.codec.ColumnSource;
import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.codec.ReadCast;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.text.NearestMatch;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The expressions that a scan selects. */
final class SelectList {

    private SelectList() {}

    /**
     * The expressions in the order of the scan's fields.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-003} if a column is missing,
     *     {@code VELO-SCH-002} if it cannot be read as its Flink type
     */
    static List<String> of(ScanPlan plan, TableMeta meta) {
        if (plan.aggregates().arePresent()) {
            return aggregates(plan);
        }
        TableColumns columns = new TableColumns(meta);
        Problems problems = new Problems();
        List<String> expressions = new ArrayList<>();
        List<ColumnSource> sources = new ArrayList<>();
        for (ScanColumn column : plan.columns()) {
            Optional<TableColumns.Found> found = columns.find(column);
            if (found.isEmpty()) {
                problems.add(missing(meta, String.join(".", column.path())));
                continue;
            }
            String sql = found.get().sql();
            expressions.add(
                    CarriedTypes.selected(
                            plan.target().format(),
                            sql,
                            found.get().type(),
                            column.type(),
                            expressions.size()));
            sources.add(
                    new ColumnSource(
                            String.join(".", column.path()),
                            ReadCast.answerType(found.get().type(), column.type()),
                            column.type()));
        }
        problems.throwIfAny();
        NativeBlockReader.check(sources, ZoneOffset.UTC);
        return expressions;
    }

    private static List<String> aggregates(ScanPlan plan) {
        Aggregates aggregates = plan.aggregates();
        return IntStream.range(0, aggregates.expressions().size())
                .mapToObj(
                        i ->
                                CarriedTypes.selected(
                                        plan.target().format(),
                                        aggregates.expressions().get(i),
                                        aggregates.types().get(i),
                                        i))
                .toList();
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
