// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A streaming job that fails in the middle of a scan, after checkpoints. */
class ScanRestartITCase {

    private static final int ROWS = 60_000;
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private TestTarget target;

    /** Lets rows pass slowly and fails at two of them, once each. */
    public static final class Stumble extends ScalarFunction {

        /** The number itself. */
        public Long eval(Long n) {
            if (n % 50 == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            int failures = FAILURES.get();
            if (failures < 2 && n == ROWS / 3 * (failures + 1)) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("stumbled at row " + n);
            }
            return n;
        }
    }

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
        FAILURES.set(0);
    }

    @Test
    void everyRowCountsOnceThoughTheJobFailsTwice() throws Exception {
        target.sql("CREATE TABLE t (n Int64) ENGINE = MergeTree ORDER BY n");
        target.sql("INSERT INTO t SELECT number FROM numbers(" + ROWS + ")");
        environment().executeSql(copyQuery()).await();
        assertThat(FAILURES).hasValue(2);
        long sum = (long) ROWS * (ROWS - 1) / 2;
        assertThat(target.sql("SELECT c, s FROM totals FINAL"))
                .containsExactly(List.of(Integer.toString(ROWS), Long.toString(sum)));
    }

    @Test
    void aTableWithoutAKeyEndsTheJobForGood() {
        target.sql("CREATE TABLE t (n Int64) ENGINE = MergeTree ORDER BY tuple()");
        target.sql("INSERT INTO t SELECT number FROM numbers(" + ROWS + ")");
        assertThatThrownBy(() -> environment().executeSql(copyQuery()).await())
                .extracting(ScanRestartITCase::innermost)
                .asString()
                .contains("VELO-IO-007")
                .contains("Start the job anew");
        assertThat(FAILURES).hasValue(1);
    }

    private static String copyQuery() {
        return "INSERT INTO totals SELECT 1, COUNT(*), SUM(stumble(n)) FROM t";
    }

    private StreamTableEnvironment environment() {
        StreamTableEnvironment env =
                StreamTableEnvironment.create(StreamExecutionEnvironment.getExecutionEnvironment());
        env.getConfig().set("parallelism.default", "1");
        env.getConfig().set("execution.checkpointing.interval", "100ms");
        env.getConfig().set("restart-strategy.type", "fixed-delay");
        env.getConfig().set("restart-strategy.fixed-delay.attempts", "5");
        env.getConfig().set("restart-strategy.fixed-delay.delay", "100ms");
        env.createTemporarySystemFunction("stumble", Stumble.class);
        env.executeSql(create("t", "n BIGINT", target.uri("t", "")));
        env.executeSql(
                create(
                        "totals",
                        "id INT, c BIGINT, s BIGINT, PRIMARY KEY (id) NOT ENFORCED",
                        target.uri("totals", "&auto_create=true&batch_size=1000")));
        return env;
    }

    private static String create(String name, String columns, String uri) {
        return "CREATE TABLE "
                + name
                + " ("
                + columns
                + ") WITH ('connector' = 'velo', 'uri' = '"
                + uri
                + "', 'username' = 'velo', 'password' = 'velo')";
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }
}
