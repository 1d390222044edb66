// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.LayoutOptions.Optimize;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the parts of the partitions that got rows since the last time. The server says which: what
 * other writers gave it counts, too. A failure is logged and counted, and the partition waits for
 * the next time. For one thread at a time.
 */
final class TouchedPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(TouchedPartitions.class);

    private final SinkPlan plan;
    private final OptimizePlan optimize;
    private final TableMeta meta;
    private final HttpTransport transport;
    private final Counter runs;
    private final Counter failures;
    private long since;

    private TouchedPartitions(
            SinkPlan plan,
            OptimizePlan optimize,
            TableMeta meta,
            HttpTransport transport,
            VeloMetrics metrics,
            long since) {
        this.plan = plan;
        this.optimize = optimize;
        this.meta = meta;
        this.transport = transport;
        this.runs = metrics.group().counter("optimize_runs", new ThreadSafeSimpleCounter());
        this.failures = metrics.group().counter("optimize_failures", new ThreadSafeSimpleCounter());
        this.since = since;
    }

    /**
     * Those that got rows in the last seconds and get some from now on.
     *
     * @param seconds how many, asked after the server's clock
     */
    static TouchedPartitions since(
            LongSupplier seconds,
            SinkPlan plan,
            OptimizePlan optimize,
            TableMeta meta,
            VeloMetrics metrics)
            throws IOException {
        HttpTransport transport =
                new HttpTransport(plan.target().withSocketTimeout(plan.target().insertTimeout()));
        return new TouchedPartitions(
                plan,
                optimize,
                meta,
                transport,
                metrics,
                serverTime(transport) - seconds.getAsLong());
    }

    /**
     * Merges them, one after the other.
     *
     * @param reason why now, for the log
     */
    void optimize(String reason) {
        try {
            long now = serverTime(transport);
            List<List<String>> touched = transport.rows(query());
            boolean merged = true;
            for (List<String> partition : touched) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                merged &= optimize(partition.get(0), partition.get(1), reason);
            }
            // Those that were merged have one part each, and are not found again.
            since = merged ? now : since;
        } catch (IOException | RuntimeException failure) {
            failed("the partitions of " + meta.title(), failure);
        }
    }

    private boolean optimize(String partition, String parts, String reason) {
        LOG.info(
                "OPTIMIZE ({}) of partition {} of {}, which has {} parts: {}.",
                optimize.mode(),
                partition,
                meta.title(),
                parts,
                reason);
        try {
            String table = Sql.table(meta.database(), meta.table());
            transport.rows(
                    optimize.statement(table, Sql.text(partition)), plan.target().settings());
            runs.inc();
            return true;
        } catch (IOException failure) {
            failed("partition " + partition + " of " + meta.title(), failure);
            return false;
        }
    }

    private void failed(String what, Exception failure) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        failures.inc();
        LOG.warn(
                "OPTIMIZE of {} failed; no row is missing.",
                what,
                Explanation.of(failure, "OPTIMIZE", transport.host(), transport.target().place()));
    }

    /** A part of level 0 was never merged, so it may hold equal rows. */
    private String query() {
        boolean single = optimize.mode() == Optimize.DEDUPLICATE;
        return "SELECT partition_id, count() FROM system.parts WHERE active AND database = "
                + Sql.text(meta.database())
                + " AND table = "
                + Sql.text(meta.table())
                + " GROUP BY partition_id HAVING toUnixTimestamp(max(modification_time)) >= "
                + since
                + " AND (count() > 1"
                + (single ? " OR min(level) = 0" : "")
                + ") ORDER BY partition_id";
    }

    private static long serverTime(HttpTransport transport) throws IOException {
        return Long.parseLong(transport.rows("SELECT toUnixTimestamp(now())").get(0).get(0));
    }
}
