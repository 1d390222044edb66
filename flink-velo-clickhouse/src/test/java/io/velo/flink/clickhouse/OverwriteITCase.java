// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.fault.Await;
import java.time.Duration;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables whose rows a query replaces as a whole, or not at all. */
class OverwriteITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final Duration LONG = Duration.ofMinutes(2);

    private static final String OVERWRITE =
            "INSERT OVERWRITE t SELECT id, v FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) AS q (id, v)";

    /** The cast fails while the job runs. */
    private static final String FAILING =
            "INSERT OVERWRITE t SELECT CAST(v AS BIGINT), v FROM words";

    private final TestTarget target = TestTarget.create();
    private TableEnvironment sql;

    @BeforeEach
    void openCatalog() {
        sql = in(EnvironmentSettings.inBatchMode());
        target.sql(
                "CREATE TABLE t (id Int64, v String DEFAULT 'x', INDEX i v TYPE set(10)) ENGINE ="
                        + " MergeTree PARTITION BY id % 2 ORDER BY id SETTINGS index_granularity"
                        + " = 1024 COMMENT 'kept'");
        target.sql("INSERT INTO t VALUES (7, 'former'), (8, 'former')");
        target.sql("CREATE VIEW many AS SELECT toInt64(number) AS id FROM numbers(1000000)");
        target.sql("CREATE TABLE words (v String) ENGINE = MergeTree ORDER BY v");
        target.sql("INSERT INTO words VALUES ('1'), ('2'), ('c')");
    }

    private TableEnvironment in(EnvironmentSettings settings) {
        TableEnvironment environment = TableEnvironment.create(settings);
        environment.getConfig().set("parallelism.default", "2");
        environment.executeSql(
                "CREATE CATALOG ch WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "")
                        + "','username'='velo','password'='velo')");
        environment.executeSql("USE CATALOG ch");
        environment.executeSql("USE " + target.database());
        return environment;
    }

    @Test
    void theRowsOfTheQueryTakeThePlaceOfTheFormer() throws Exception {
        String table = target.value("SHOW CREATE TABLE t");
        sql.executeSql(OVERWRITE).await();
        assertThat(target.sql("SELECT id, v FROM t ORDER BY id"))
                .containsExactly(List.of("1", "a"), List.of("2", "b"), List.of("3", "c"));
        assertThat(target.value("SHOW CREATE TABLE t")).isEqualTo(table);
        sql.executeSql("INSERT OVERWRITE t SELECT id + 10, v FROM t WHERE id > 1").await();
        assertThat(target.value("SELECT groupArray(id) FROM (SELECT id FROM t ORDER BY id)"))
                .isEqualTo("[12,13]");
        sql.executeSql("INSERT OVERWRITE t SELECT id, v FROM t WHERE id < 0").await();
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("0");
        assertThat(tables()).containsExactly("many", "t", "words");
    }

    @Test
    void aQueryThatFailsLeavesTheFormerRowsAndNothingElse() {
        assertThatThrownBy(() -> sql.executeSql(FAILING).await()).hasStackTraceContaining("'c'");
        assertFormerRows();
    }

    @Test
    void aJobThatIsStartedAgainEndsInsteadOfWritingRowsTwice() {
        sql.getConfig().set("restart-strategy.type", "fixed-delay");
        sql.getConfig().set("restart-strategy.fixed-delay.attempts", "5");
        sql.getConfig().set("restart-strategy.fixed-delay.delay", "1 ms");
        assertThatThrownBy(() -> sql.executeSql(FAILING).await())
                .hasStackTraceContaining("VELO-IO-007: INSERT OVERWRITE was restarted");
        assertFormerRows();
    }

    @Test
    void aJobThatIsCancelledLeavesTheFormerRowsAndNothingElse() throws Exception {
        JobClient job =
                sql.executeSql(
                                "INSERT OVERWRITE t /*+ OPTIONS('batch-size'='5',"
                                        + " 'rate-limit'='20') */ SELECT id, 'new' FROM many")
                        .getJobClient()
                        .orElseThrow();
        Await.untilHolds(LONG, () -> assertThat(stagingHasRows()).isTrue());
        job.cancel().get();
        assertFormerRows();
    }

    @Test
    void whatCannotBeReplacedAsAWholeIsRefusedBeforeTheJobRuns() {
        refused("under 'sink.delivery-guarantee'", "'sink.delivery-guarantee'='exactly-once'");
        refused("with 'optimize'", "'optimize'='final'");
        refused("with 'on-cluster'", "'on-cluster'='velo_servers'");
        target.sql(
                "CREATE MATERIALIZED VIEW seen ENGINE = MergeTree ORDER BY id AS SELECT id FROM t");
        refused("with materialized views", "'batch-size'='10'");
        assertThatThrownBy(() -> sql.executeSql("INSERT OVERWRITE seen SELECT id FROM t").await())
                .hasStackTraceContaining("of engine MaterializedView");
        target.sql("DROP TABLE seen");
        assertThatThrownBy(
                        () ->
                                in(EnvironmentSettings.inStreamingMode())
                                        .executeSql(OVERWRITE)
                                        .await())
                .hasStackTraceContaining("treaming");
        assertFormerRows();
    }

    @Test
    void tablesThatWouldNotKnowABlockThatIsSentAgainAreRefused() {
        for (String engine : List.of("Memory", "Log")) {
            target.sql("CREATE TABLE heap (id Int64) ENGINE = " + engine);
            assertThatThrownBy(
                            () -> sql.executeSql("INSERT OVERWRITE heap SELECT id FROM t").await())
                    .hasStackTraceContaining("of engine " + engine)
                    .hasStackTraceContaining("TRUNCATE TABLE and INSERT INTO");
            target.sql("DROP TABLE heap");
        }
        assertFormerRows();
    }

    @Test
    void whileATableIsFilledItHasAWindowWhateverItsOwnIs() throws Exception {
        target.sql("ALTER TABLE t MODIFY SETTING non_replicated_deduplication_window = 1");
        String table = target.value("SHOW CREATE TABLE t");
        aJobThatIsCancelledLeavesTheFormerRowsAndNothingElse();
        sql.executeSql(OVERWRITE).await();
        assertThat(target.value("SHOW CREATE TABLE t")).isEqualTo(table);
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("3");
    }

    @Test
    void severalHostsShareNoTableThatCouldBeReplaced() {
        String uri = target.uri("t", "");
        String host = uri.substring("clickhouse://".length(), uri.lastIndexOf('/'));
        sql.executeSql(
                "CREATE TEMPORARY TABLE spread (id BIGINT, v STRING) WITH ('connector'='velo',"
                        + " 'uri'='"
                        + uri.replace(host, host + "," + host.replace("127.0.0.1", "localhost"))
                        + "')");
        assertThatThrownBy(
                        () -> sql.executeSql("INSERT OVERWRITE spread SELECT id, v FROM t").await())
                .hasStackTraceContaining("INSERT OVERWRITE cannot replace")
                .hasStackTraceContaining("on one of several hosts");
        assertFormerRows();
    }

    private void refused(String sentence, String option) {
        assertThatThrownBy(
                        () ->
                                sql.executeSql(
                                                OVERWRITE.replace(
                                                        " t ",
                                                        " t /*+ OPTIONS(" + option + ") */ "))
                                        .await())
                .hasStackTraceContaining("INSERT OVERWRITE cannot replace")
                .hasStackTraceContaining(sentence);
    }

    private boolean stagingHasRows() {
        return !target.sql(
                        "SELECT name FROM system.tables WHERE database = currentDatabase() AND"
                                + " startsWith(name, '_velo_staging_t_') AND total_rows > 0 AND"
                                + " engine_full LIKE '%non_replicated_deduplication_window = 10000%'")
                .isEmpty();
    }

    /** The JobManager clears up just after the job has ended. */
    private void assertFormerRows() {
        Await.untilHolds(LONG, () -> assertThat(tables()).containsExactly("many", "t", "words"));
        assertThat(target.value("SELECT count() FROM t")).isEqualTo("2");
        assertThat(target.value("SELECT any(v) FROM t")).isEqualTo("former");
    }

    private List<String> tables() {
        return target.sql("SHOW TABLES").stream().map(row -> row.get(0)).toList();
    }
}
