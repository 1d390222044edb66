// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that read a table on and on. */
class IncrementalScanITCase {

    private static final int ROWS = 12_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final AtomicInteger SEEN = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private TestTarget target;

    /** Lets rows pass slowly and fails at two of them. */
    public static final class Stumble extends ScalarFunction {

        /** The number itself. */
        public Long eval(Long n) {
            int seen = SEEN.incrementAndGet();
            if (seen % 50 == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            if (seen == ROWS / 3 || seen == ROWS / 3 * 2) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("stumbled at row " + n);
            }
            return n;
        }
    }

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
        SEEN.set(0);
        FAILURES.set(0);
    }

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyRowCountsOnceThoughTheJobFailsAndTheTableGrows() throws Exception {
        target.sql(
                "CREATE TABLE t (n Int64, at DateTime64(3)) ENGINE = MergeTree ORDER BY"
                        + " cityHash64(n)");
        String insert = "INSERT INTO t SELECT number, now64(3) - 60 FROM numbers(";
        target.sql(insert + "0, " + ROWS + ")");
        JobClient job = environment().executeSql(copyQuery()).getJobClient().orElseThrow();
        try {
            awaitTotals(ROWS);
            target.sql("INSERT INTO t SELECT number, now64(3) + 3 FROM numbers(" + ROWS + ", 500)");
            awaitTotals(ROWS + 500);
            assertThat(FAILURES).hasValue(2);
        } finally {
            job.cancel().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRowThatIsReplacedBecomesAnUpdate() throws Exception {
        target.sql("CREATE TABLE r (k Int64, v UInt32) ENGINE = ReplacingMergeTree(v) ORDER BY k");
        target.sql("INSERT INTO r VALUES (1, 10), (2, 20)");
        StreamTableEnvironment env = environment();
        String uri =
                target.uri("r", "&scan_mode=incremental&scan_cursor_column=v&poll_interval=50");
        env.executeSql(create("r", "k BIGINT, v BIGINT, PRIMARY KEY (k) NOT ENFORCED", uri));
        try (CloseableIterator<Row> rows =
                env.executeSql("SELECT k, v FROM r WHERE v <> 20").collect()) {
            assertThat(rows.next()).hasToString("+I[1, 10]");
            target.sql("INSERT INTO r VALUES (1, 31), (2, 41)");
            List<String> changes = new ArrayList<>();
            while (changes.size() < 3) {
                changes.add(rows.next().toString());
            }
            assertThat(changes).containsExactly("-U[1, 10]", "+U[1, 31]", "+I[2, 41]");
        }
    }

    @Test
    void aBatchJobIsRefused() {
        target.sql("CREATE TABLE t (n Int64) ENGINE = MergeTree ORDER BY n");
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        String uri = target.uri("t", "&scan_mode=incremental&scan_cursor_column=n");
        env.executeSql(create("t", "n BIGINT", uri));
        assertThatThrownBy(() -> env.executeSql("SELECT * FROM t"))
                .hasStackTraceContaining("VELO-CAP-002")
                .hasStackTraceContaining("never ends");
    }

    @Test
    void severalReadersOfATableWithAKeyAreRefused() {
        target.sql("CREATE TABLE t (n Int64) ENGINE = MergeTree ORDER BY n");
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        String uri = target.uri("t", "&scan_mode=incremental&scan_cursor_column=n&parallelism=2");
        env.executeSql(create("t", "n BIGINT, PRIMARY KEY (n) NOT ENFORCED", uri));
        assertThatThrownBy(() -> env.explainSql("SELECT * FROM t"))
                .hasStackTraceContaining("VELO-OPT-002")
                .hasStackTraceContaining("has one reader");
    }

    private void awaitTotals(long rows) {
        String sum = Long.toString(rows * (rows - 1) / 2);
        List<String> expected = List.of(Long.toString(rows), sum);
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<List<String>> found = List.of();
        while (System.nanoTime() < end && !found.equals(List.of(expected))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            found = target.sql("SELECT c, s FROM totals FINAL");
        }
        assertThat(found).containsExactly(expected);
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
        String follow =
                "&scan_mode=incremental&scan_cursor_column=at&lag=100ms&poll_interval=100ms"
                        + "&split_rows=3000";
        env.executeSql(create("t", "n BIGINT", target.uri("t", follow)));
        target.sql(
                "CREATE TABLE totals (id Int32, c Int64, s Int64, v UInt64) ENGINE ="
                        + " ReplacingMergeTree(v) ORDER BY id");
        env.executeSql(
                create(
                        "totals",
                        "id INT, c BIGINT, s BIGINT, PRIMARY KEY (id) NOT ENFORCED",
                        target.uri("totals", "&batch_size=1000")));
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
}
