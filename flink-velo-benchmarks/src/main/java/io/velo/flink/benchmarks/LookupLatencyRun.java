// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * How long a row takes through a lookup join that is offered {@value #KEYS_PER_SECOND} keys per
 * second, from the moment at which it is made to the operator behind the join. The first half of
 * the rows warms up.
 */
final class LookupLatencyRun {

    private static final int KEYS_PER_SECOND = 10_000;
    private static final ConcurrentLinkedQueue<Integer> MICROSECONDS =
            new ConcurrentLinkedQueue<>();

    private final LocalCluster cluster;
    private final String options;
    private final long rows;
    private final Duration length;

    LookupLatencyRun(LocalCluster cluster, String options, long rows, Duration length) {
        this.cluster = cluster;
        this.options = options;
        this.rows = rows;
        this.length = length;
    }

    /** Runs and prints the figures. */
    void report() throws Exception {
        MICROSECONDS.clear();
        long keys = 2 * length.toSeconds() * KEYS_PER_SECOND;
        long start = System.nanoTime();
        run(keys);
        double perSecond = keys / ((System.nanoTime() - start) / 1e9);
        List<Integer> sorted =
                MICROSECONDS.stream().skip(MICROSECONDS.size() / 2).sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "Lookups at %,d keys/s (%,.0f with the job's start): p50 %.1f ms, p99 %.1f ms,"
                        + " worst %.1f ms%n",
                KEYS_PER_SECOND,
                perSecond,
                sorted.get(sorted.size() / 2) / 1e3,
                sorted.get(sorted.size() * 99 / 100) / 1e3,
                sorted.get(sorted.size() - 1) / 1e3);
    }

    private void run(long keys) throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(1);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        long all = rows;
        DataStream<Row> made =
                environment.fromSource(
                        new DataGeneratorSource<Row>(
                                i -> Row.of(i % all, System.nanoTime()),
                                keys,
                                RateLimiterStrategy.perSecond(KEYS_PER_SECOND),
                                Types.ROW_NAMED(
                                        new String[] {"id", "made"}, Types.LONG, Types.LONG)),
                        WatermarkStrategy.noWatermarks(),
                        "keys");
        sql.createTemporaryView(
                "keys",
                sql.fromDataStream(
                        made, Schema.newBuilder().columnByExpression("pt", "PROCTIME()").build()));
        sql.executeSql(
                "CREATE TEMPORARY TABLE big ("
                        + ClickHouseRows.FLINK_COLUMNS
                        + ") WITH ("
                        + options
                        + ")");
        sql.toDataStream(
                        sql.sqlQuery(
                                "SELECT o.made, b.name FROM `keys` AS o JOIN big FOR SYSTEM_TIME"
                                        + " AS OF o.pt AS b ON o.id = b.id"))
                .map(new Delay())
                .sinkTo(new DiscardingSink<>());
        environment.execute("lookup latency");
        if (MICROSECONDS.size() != keys) {
            throw new IllegalStateException(
                    "Of " + keys + " keys " + MICROSECONDS.size() + " were found.");
        }
    }

    /** Notes how long ago a row was made. */
    private static final class Delay implements MapFunction<Row, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public Integer map(Row row) {
            long made = row.getFieldAs(0);
            MICROSECONDS.add((int) ((System.nanoTime() - made) / 1_000));
            return 0;
        }
    }
}
