// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.cluster.LocalCluster;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Runs a bounded job and takes its time, from the statement to its end. */
final class TimedJob {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private TimedJob() {}

    static Duration run(TableEnvironment sql, String statement) throws Exception {
        long start = System.nanoTime();
        sql.executeSql(statement).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /**
     * Reads a table once, in batch mode, and throws its rows away.
     *
     * @param columns the columns as Flink SQL declares them, without brackets
     * @param options what stands between the brackets of WITH
     */
    static Duration ofScan(LocalCluster cluster, String columns, String options, int parallelism)
            throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(parallelism);
        environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql("CREATE TEMPORARY TABLE source (" + columns + ") WITH (" + options + ")");
        sql.executeSql(
                "CREATE TEMPORARY TABLE target WITH ('connector'='blackhole') LIKE source"
                        + " (EXCLUDING OPTIONS)");
        return run(sql, "INSERT INTO target SELECT * FROM source");
    }
}
