// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.retry.Retry;
import io.velo.flink.common.retry.RetryListener;
import io.velo.flink.common.retry.RetryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * Gathers the keys of removed rows and removes them by lightweight DELETE statements, which come
 * after the rows that were written before and must come before those written afterwards. For the
 * task's thread only.
 */
final class KeyDeletes {

    private static final int KEYS_PER_STATEMENT = 5_000;

    private final HttpTransport transport;
    private final String title;
    private final String statement;
    private final Retry retry;
    private final List<RowData.FieldGetter> keys = new ArrayList<>();
    private final Set<String> gathered = new LinkedHashSet<>();

    KeyDeletes(
            HttpTransport transport,
            SinkPlan plan,
            TableMeta meta,
            RetryPlan retry,
            RetryListener listener) {
        this.transport = transport;
        this.title = plan.title();
        this.retry = Retry.of(retry, Explanation::classify).telling(listener);
        for (String name : plan.primaryKey()) {
            int index = plan.rowType().getFieldIndex(name);
            keys.add(RowData.createFieldGetter(plan.rowType().getTypeAt(index), index));
        }
        this.statement =
                "DELETE FROM "
                        + Sql.table(meta.database(), meta.table())
                        + " WHERE ("
                        + Sql.names(plan.primaryKey())
                        + ") IN ";
    }

    /**
     * Checks that keys can be written as SQL.
     *
     * @throws io.velo.flink.common.error.VeloException if a column of the key is neither text nor a
     *     whole number
     */
    static void check(SinkPlan plan) {
        for (String name : plan.primaryKey()) {
            LogicalType type = plan.rowType().getTypeAt(plan.rowType().getFieldIndex(name));
            if (!type.is(LogicalTypeFamily.INTEGER_NUMERIC)
                    && !type.is(LogicalTypeFamily.CHARACTER_STRING)) {
                throw refusal(
                        plan,
                        "'delete-mode'='lightweight' takes keys of whole numbers and text, but '"
                                + name
                                + "' is "
                                + type.asSummaryString()
                                + ".",
                        "CAST the key to STRING, or use an engine with an is_deleted column.");
            }
        }
        if (plan.guarantee().exactlyOnce()) {
            throw refusal(
                    plan,
                    "'delete-mode'='lightweight' cannot be part of exactly-once: its statements"
                            + " have no place in a checkpoint.",
                    "Use an engine with an is_deleted column, or at-least-once.");
        }
    }

    private static RuntimeException refusal(SinkPlan plan, String sentence, String remedy) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(plan.target().place())
                .remedy(remedy)
                .toException();
    }

    /** Takes a removal. */
    void add(RowData row) {
        gathered.add(key(row));
    }

    boolean isEmpty() {
        return gathered.isEmpty();
    }

    boolean isFull() {
        return gathered.size() >= KEYS_PER_STATEMENT;
    }

    /** Whether the key of this row is to be removed. */
    boolean has(RowData row) {
        return !gathered.isEmpty() && gathered.contains(key(row));
    }

    /**
     * Removes the rows of the keys, which are forgotten then. All rows that were written before
     * must be acknowledged.
     */
    void run() throws IOException, InterruptedException {
        if (gathered.isEmpty()) {
            return;
        }
        String sql = statement + gathered.stream().collect(Collectors.joining(", ", "(", ")"));
        try {
            retry.call(budget -> transport.rows(sql, transport.target().settings()));
        } catch (java.io.InterruptedIOException stopped) {
            throw new InterruptedException();
        } catch (InterruptedException | RuntimeException stopped) {
            throw stopped;
        } catch (Exception failure) {
            throw Explanation.of(
                    failure,
                    "The DELETE from " + title,
                    transport.host(),
                    transport.target().place());
        }
        gathered.clear();
    }

    private String key(RowData row) {
        return keys.stream()
                .map(key -> literal(key.getFieldOrNull(row)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String literal(Object value) {
        return value instanceof Number number ? number.toString() : Sql.text(value.toString());
    }
}
