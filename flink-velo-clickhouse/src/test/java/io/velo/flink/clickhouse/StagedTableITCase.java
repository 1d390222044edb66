// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables that a query creates or replaces as a whole, or not at all. */
class StagedTableITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final String ROWS =
            " AS SELECT id, v FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) AS q (id, v)";

    /** The cast fails while the job runs. */
    private static final String FAILING = " AS SELECT id, CAST(v AS INT) AS v FROM words";

    private final TestTarget target = TestTarget.create();
    private TableEnvironment sql;

    @BeforeEach
    void openCatalog() {
        // Not before: only now the environment finds the cluster that all tests share.
        sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        sql.getConfig().set("parallelism.default", "1");
        sql.getConfig().set("table.rtas-ctas.atomicity-enabled", "true");
        target.sql("CREATE TABLE words (id Int64, v String) ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO words VALUES (1, '1'), (2, '2'), (3, 'c')");
        sql.executeSql(
                "CREATE CATALOG ch WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "")
                        + "','username'='velo','password'='velo')");
        sql.executeSql("USE CATALOG ch");
        sql.executeSql("USE " + target.database());
    }

    @Test
    void aTableIsThereWithAllItsRowsWhenTheQueryHasEnded() throws Exception {
        sql.executeSql("CREATE TABLE made WITH ('order-by'='id')" + ROWS).await();
        assertThat(tables()).containsExactly("made", "words");
        assertThat(target.value("SELECT count() FROM made")).isEqualTo("3");
        assertThat(target.value("SHOW CREATE TABLE made")).contains("ORDER BY (id)");
        assertThatThrownBy(() -> sql.executeSql("CREATE TABLE made" + ROWS).await())
                .hasStackTraceContaining("made already exists");
        sql.executeSql("CREATE TABLE IF NOT EXISTS made" + ROWS).await();
        assertThat(target.value("SELECT count() FROM made")).isEqualTo("6");
        assertThat(tables()).containsExactly("made", "words");
    }

    @Test
    void aQueryThatFailsLeavesNoTable() {
        assertThatThrownBy(() -> sql.executeSql("CREATE TABLE made" + FAILING).await())
                .hasStackTraceContaining("'c'");
        assertThat(tables()).containsExactly("words");
    }

    @Test
    void aTableIsReplacedAsAWholeOrStaysAsItWas() throws Exception {
        target.sql("CREATE TABLE made (id Int64, old Bool) ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO made VALUES (7, true)");
        assertThatThrownBy(() -> sql.executeSql("REPLACE TABLE made" + FAILING).await())
                .hasStackTraceContaining("'c'");
        assertThat(target.sql("SELECT id, old FROM made")).containsExactly(List.of("7", "true"));
        sql.executeSql("REPLACE TABLE made" + ROWS).await();
        assertThat(target.sql("SELECT id, v FROM made ORDER BY id"))
                .containsExactly(List.of("1", "a"), List.of("2", "b"), List.of("3", "c"));
        sql.executeSql("CREATE OR REPLACE TABLE made AS SELECT 1 AS n").await();
        assertThat(target.value("SELECT n FROM made")).isEqualTo("1");
        sql.executeSql("CREATE OR REPLACE TABLE other AS SELECT 2 AS n").await();
        assertThat(tables()).containsExactly("made", "other", "words");
    }

    @Test
    void aTableThatTheServerRefusesFailsTheStatement() {
        assertThatThrownBy(
                        () ->
                                sql.executeSql(
                                                "CREATE TABLE made WITH ('engine'='NoSuchTree')"
                                                        + ROWS)
                                        .await())
                .hasStackTraceContaining("Unknown table engine NoSuchTree");
        assertThat(tables()).containsExactly("words");
    }

    @Test
    void aDatabaseThatCannotExchangeTablesIsRefusedBeforeTheJobRuns() {
        String memory = target.database() + "_memory";
        target.sql("CREATE DATABASE " + memory + " ENGINE = Memory");
        assertThatThrownBy(() -> sql.executeSql("CREATE TABLE " + memory + ".made" + ROWS).await())
                .hasStackTraceContaining("database of engine Atomic; " + memory);
        assertThat(target.sql("SHOW TABLES FROM " + memory)).isEmpty();
    }

    private List<String> tables() {
        return target.sql("SHOW TABLES").stream().map(row -> row.get(0)).toList();
    }
}
