// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.TableEnvironment;

/** Runs a bounded job and takes its time, from the statement to its end. */
final class TimedJob {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    private TimedJob() {}

    static Duration run(TableEnvironment sql, String statement) throws Exception {
        long start = System.nanoTime();
        sql.executeSql(statement).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
