// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.Answer;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.lookup.KeyValues;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** The query for many keys at once: one SELECT with all of them in a list. Immutable. */
final class LookupQuery {

    private final ScanPlan plan;
    private final KeyColumns keys;
    private final List<FieldValue> values;
    private final String select;
    private final String end;
    private final ZoneId zone;

    /**
     * A query.
     *
     * @param values the columns that are compared, in the order of the keys
     * @param select what stands before the list of keys
     * @param end what stands after it, up to the FORMAT clause
     */
    LookupQuery(
            ScanPlan plan,
            KeyColumns keys,
            List<FieldValue> values,
            String select,
            String end,
            ZoneId zone) {
        this.plan = plan;
        this.keys = keys;
        this.values = values;
        this.select = select;
        this.end = end;
        this.zone = zone;
    }

    /**
     * The query on the real table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-003} if a column is missing,
     *     {@code VELO-CAP-002} if a column cannot be compared exactly
     */
    static LookupQuery of(ScanPlan plan, KeyColumns keys, TableMeta meta, ZoneId zone) {
        String list = String.join(", ", SelectList.of(plan, meta));
        List<FieldValue> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            ScanColumn column = plan.columns().get(keys.position(i));
            values.add(
                    new TableColumns(meta)
                            .find(column)
                            .flatMap(found -> FieldValue.ofKey(found, column.type(), zone))
                            .orElseThrow(() -> notComparable(plan, column)));
        }
        String columns = String.join(", ", values.stream().map(FieldValue::sql).toList());
        String select =
                "SELECT "
                        + list
                        + " FROM "
                        + plan.object().from()
                        + (meta.holder().needsFinal() ? " FINAL" : "")
                        + " WHERE "
                        + plan.filters().stream()
                                .map(filter -> "(" + filter + ") AND ")
                                .reduce("", String::concat)
                        + (values.size() == 1 ? columns : "(" + columns + ")")
                        + " IN (";
        return new LookupQuery(plan, keys, values, select, ")", zone);
    }

    static RuntimeException notComparable(ScanPlan plan, ScanColumn column) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Column '"
                                + column.name()
                                + "' of "
                                + plan.title()
                                + " cannot be the key of a lookup join: there is no exact"
                                + " comparison of its type with "
                                + column.type().asSummaryString()
                                + ".")
                .at(plan.target().place())
                .remedy("Join by a column of whole numbers, text, UUID, date, time or decimals.")
                .toException();
    }

    /** The query for these keys, or nothing if the table can hold none of them. */
    Optional<String> text(List<KeyValues> asked) {
        StringBuilder query = new StringBuilder(select);
        boolean any = false;
        for (KeyValues key : asked) {
            String literals = literals(key);
            if (literals != null) {
                query.append(any ? ", " : "").append(literals);
                any = true;
            }
        }
        return any
                ? Optional.of(
                        query.append(end)
                                .append(" FORMAT ")
                                .append(format().answerName())
                                .toString())
                : Optional.empty();
    }

    /** The key as SQL, or null for one that no value of the columns can equal. */
    private String literals(KeyValues key) {
        StringBuilder tuple = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            FieldValue value = values.get(i);
            Optional<String> literal = value.castableLiteral(external(key.get(i), value.flink()));
            if (literal.isEmpty()) {
                return null;
            }
            tuple.append(i == 0 ? "" : ", ").append(literal.get());
        }
        return values.size() == 1 ? tuple.toString() : "(" + tuple + ")";
    }

    private static Object external(Object internal, LogicalType type) {
        if (internal instanceof StringData text) {
            return text.toString();
        }
        if (internal instanceof DecimalData decimal) {
            return decimal.toBigDecimal();
        }
        if (internal instanceof TimestampData time) {
            return type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                    ? time.toInstant()
                    : time.toLocalDateTime();
        }
        return type.is(LogicalTypeRoot.DATE) ? LocalDate.ofEpochDay((Integer) internal) : internal;
    }

    private WireFormat format() {
        return plan.target().format();
    }

    /** A reader of the query's answer. */
    NativeBlockReader reader(Answer answer) {
        return new NativeBlockReader(answer.blocks(format()), plan.rowType().getFields(), zone);
    }

    RowType rowType() {
        return plan.rowType();
    }

    KeyColumns keys() {
        return keys;
    }
}
