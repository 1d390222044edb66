// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.memory.MemoryTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The velo catalog and table factory as a person at the SQL prompt meets them. */
class VeloCatalogTest {

    private static final String CANARY = "VELOCANARY-4711";

    private static LocalCluster cluster;

    private TableEnvironment sql;

    @TempDir Path folder;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(1, 4, Map.of("parallelism.default", "1"));
    }

    @AfterAll
    static void closeCluster() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void useVelo() {
        sql = newSession();
        sql.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        sql.executeSql("USE CATALOG velo");
    }

    private static TableEnvironment newSession() {
        return StreamTableEnvironment.create(
                cluster.environment(), EnvironmentSettings.newInstance().inBatchMode().build());
    }

    @AfterEach
    void forget() {
        MemoryTables.names().forEach(MemoryTables::drop);
    }

    @Test
    void readsAndWritesBackTickedUris() throws Exception {
        run("INSERT INTO `memory://a?columns=id BIGINT, name STRING` VALUES (1, 'x'), (2, 'y')");

        assertThat(rows("SELECT name FROM `memory://a` WHERE id = 2")).containsExactly("+I[y]");
    }

    @Test
    void discoversColumnsThatCreateTableLeavesOut() throws Exception {
        run("INSERT INTO `memory://a?columns=id BIGINT, name STRING` VALUES (1, 'x')");
        sql.executeSql("CREATE TABLE t WITH ('connector'='velo','uri'='memory://a')");

        assertThat(rows("DESCRIBE t")).anyMatch(row -> row.contains("name, STRING"));
        assertThat(rows("SELECT * FROM t")).containsExactly("+I[1, x]");
    }

    @Test
    void makesTheTargetOfCreateTableAsSelect() throws Exception {
        run("INSERT INTO `memory://a?columns=id BIGINT, name STRING` VALUES (1, 'x')");
        run("CREATE TABLE t WITH ('uri'='memory://b') AS SELECT id + 1 AS n FROM `memory://a`");
        run("CREATE TABLE `memory://c` AS SELECT id FROM `memory://a`");

        assertThat(rows("SELECT n FROM t")).containsExactly("+I[2]");
        assertThat(rows("SELECT * FROM `memory://c`")).containsExactly("+I[1]");
    }

    @Test
    void keepsCredentialsOutOfWhatFlinkPrints() {
        sql.executeSql(
                "CREATE TABLE t (id BIGINT) WITH ('connector'='velo','uri'='login://app:"
                        + CANARY
                        + "@h/1?x=y')");

        String printed = String.join("\n", rows("SHOW CREATE TABLE t"));
        assertThat(printed).doesNotContain(CANARY).contains("'username' = 'app'", "${catalog:");
        assertThat(sql.explainSql("SELECT * FROM t")).doesNotContain(CANARY);

        sql.executeSql("CREATE TABLE u LIKE t");
        assertThat(String.join("\n", rows("SHOW CREATE TABLE u")))
                .doesNotContain(CANARY)
                .contains("${catalog:");
        sql.executeSql(
                "CREATE TEMPORARY TABLE v (id BIGINT) WITH ('connector'='velo','uri'="
                        + "'login://h/1','password'='"
                        + CANARY
                        + "')");
        assertThat(String.join("\n", rows("SHOW CREATE TABLE v"))).doesNotContain(CANARY);
    }

    @Test
    void renamesAltersAndDropsDeclaredTables() throws Exception {
        sql.executeSql("CREATE TABLE t (id BIGINT) WITH ('connector'='velo','uri'='memory://a')");
        sql.executeSql("ALTER TABLE t RENAME TO u");
        sql.executeSql("ALTER TABLE u SET ('uri'='memory://b', 'parallelism'='1')");
        run("INSERT INTO u VALUES (7)");
        sql.executeSql("ALTER TABLE u RESET ('parallelism')");

        assertThat(MemoryTables.get("b").rows()).containsExactly(Row.of(7L));
        assertThat(rows("SHOW TABLES")).containsExactly("+I[u]");
        sql.executeSql("DROP TABLE u");
        assertThat(rows("SHOW TABLES")).isEmpty();
    }

    @Test
    void refusesToDropOrAlterAUri() {
        run("INSERT INTO `memory://a?columns=id BIGINT` VALUES (1)");

        assertThatThrownBy(() -> sql.executeSql("ALTER TABLE `memory://a` RENAME TO b"))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-SCH-006");
        assertThatThrownBy(() -> sql.executeSql("DROP TABLE `memory://a`"))
                .cause()
                .hasMessageContaining("VELO-SCH-006");
    }

    @Test
    void keepsTablesDatabasesAndViewsInAStore() throws Exception {
        String store = folder.resolve("store").toUri().toString();
        sql.executeSql("CREATE CATALOG kept WITH ('type'='velo','store'='" + store + "')");
        sql.executeSql("CREATE DATABASE kept.shop");
        sql.executeSql(
                "CREATE TABLE kept.shop.t (id BIGINT NOT NULL, n AS id + 1, ts TIMESTAMP(3),"
                        + " WATERMARK FOR ts AS ts - INTERVAL '1' SECOND, PRIMARY KEY (id) NOT"
                        + " ENFORCED) COMMENT 'it''s' WITH ('uri'='memory://a')");
        sql.executeSql("CREATE VIEW kept.shop.v AS SELECT n FROM kept.shop.t");
        run(
                "INSERT INTO `memory://d?columns=id BIGINT, name STRING&primary_key=id` VALUES (1,'x')");
        sql.executeSql("CREATE TABLE kept.`default`.`d/../d` WITH ('uri'='memory://d')");
        sql.executeSql("DROP CATALOG kept");

        sql.executeSql("CREATE CATALOG again WITH ('type'='velo','store'='" + store + "')");
        assertThat(rows("SHOW TABLES FROM again.shop")).containsExactly("+I[t]", "+I[v]");
        run("INSERT INTO again.shop.t VALUES (1, TIMESTAMP '2026-01-01 00:00:00')");
        assertThat(rows("SELECT n FROM again.shop.t")).containsExactly("+I[2]");
        assertThat(String.join("\n", rows("SHOW CREATE TABLE again.shop.t")))
                .contains("PRIMARY KEY", "WATERMARK FOR", "COMMENT 'it''s'");
        assertThat(rows("SELECT * FROM again.`default`.`d/../d`")).containsExactly("+I[1, x]");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3);
        }
        sql.executeSql("DROP TABLE again.shop.t");
        sql.executeSql("DROP VIEW again.shop.v");
        sql.executeSql("DROP DATABASE again.shop");
        assertThat(folder.resolve("store/shop")).doesNotExist();
    }

    @Test
    void refusesSecretsInClearInAStore() {
        String store = folder.toUri().toString();
        sql.executeSql("CREATE CATALOG kept WITH ('type'='velo','store'='" + store + "')");

        assertThatThrownBy(
                        () ->
                                sql.executeSql(
                                        "CREATE TABLE kept.`default`.t (id BIGINT) WITH"
                                                + " ('uri'='login://u:"
                                                + CANARY
                                                + "@h/1')"))
                .rootCause()
                .hasMessageContaining("VELO-SEC-003")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void offersTheNamedSourcesOfAConfigFile() throws Exception {
        Path base = folder.resolve("base.yaml");
        Files.writeString(
                base, "data_sources:\n  a: {uri: 'memory://wrong', columns: 'id BIGINT'}\n");
        Path file = folder.resolve("velo.yaml");
        Files.writeString(
                file,
                "extends: base.yaml\ndata_sources:\n  a: {uri: 'memory://a'}\n"
                        + "  b: {type: memory, name: b, columns: 'n INT'}\n");
        sql.executeSql("CREATE CATALOG c WITH ('type'='velo','config-file'='" + file + "')");

        run("INSERT INTO c.`default`.a VALUES (5)");
        run("INSERT INTO c.`default`.b VALUES (6)");

        assertThat(rows("SHOW TABLES FROM c.`default`")).containsExactly("+I[a]", "+I[b]");
        assertThat(MemoryTables.get("a").rows()).containsExactly(Row.of(5L));
        assertThat(MemoryTables.get("b").rows()).containsExactly(Row.of(6));
        run(
                "CREATE TEMPORARY TABLE t (id BIGINT) WITH ('connector'='velo','config-file'='"
                        + file
                        + "','data-source'='a')");
        assertThat(rows("SELECT * FROM t")).containsExactly("+I[5]");
    }

    @Test
    void browsesTheServerOfItsOwnUri() throws Exception {
        run("INSERT INTO `memory://a?columns=id BIGINT` VALUES (1)");
        sql.executeSql("CREATE CATALOG m WITH ('type'='velo','uri'='memory://')");

        assertThat(rows("SHOW TABLES FROM m.`default`")).containsExactly("+I[a]");
        assertThat(rows("SELECT * FROM m.`default`.a")).containsExactly("+I[1]");
    }

    @Test
    void refusesDdlOnAServerWhoseSchemeDoesNotOfferIt() throws Exception {
        run("INSERT INTO `memory://a?columns=id BIGINT` VALUES (1)");
        sql.executeSql("CREATE CATALOG m WITH ('type'='velo','uri'='memory://')");

        for (String statement :
                List.of(
                        "CREATE TABLE m.`default`.b (id BIGINT)",
                        "DROP TABLE m.`default`.a",
                        "ALTER TABLE m.`default`.a RENAME TO b",
                        "ALTER TABLE m.`default`.a ADD name STRING")) {
            assertThatThrownBy(() -> sql.executeSql(statement))
                    .as(statement)
                    .hasStackTraceContaining("VELO-CAP-001")
                    .hasStackTraceContaining(
                            "Scheme 'memory' cannot create, alter or drop databases and tables");
        }
        sql.executeSql("CREATE TABLE IF NOT EXISTS m.`default`.a (id BIGINT)");
        assertThatThrownBy(() -> rows("SHOW PARTITIONS m.`default`.a"))
                .hasStackTraceContaining("is not partitioned");
        assertThat(rows("SELECT * FROM m.`default`.a")).containsExactly("+I[1]");
        sql.executeSql("CREATE TABLE m.`default`.c WITH ('uri'='memory://a')");
        assertThat(rows("SELECT * FROM m.`default`.c")).containsExactly("+I[1]");
    }

    @Test
    void addsPrimaryKeyAndWatermarkByOption() {
        String table =
                "`memory://e?columns=id BIGINT, ts TIMESTAMP(3)&primary_key=id&event_time_field=ts"
                        + "&watermark_max_out_of_orderness=90s`";

        assertThat(String.join("\n", rows("DESCRIBE " + table)))
                .contains("PRI(id)", "`ts` - INTERVAL '90.000' SECOND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascending", "none", "bounded-out-of-orderness"})
    void plansATableWhoseColumnsKeyAndWatermarkCameFromOptions(String strategy) throws Exception {
        String uri =
                "memory://e?columns=id BIGINT, ts TIMESTAMP(3)&primary_key=id&event_time_field=ts"
                        + "&watermark_strategy="
                        + strategy;
        run("INSERT INTO `" + uri + "` VALUES (1, TIMESTAMP '2026-01-01 00:00:00')");
        sql.executeSql("CREATE TABLE found WITH ('uri'='" + uri + "')");
        sql.executeSql("ALTER TABLE found SET ('parallelism'='1')");
        sql.executeSql("CREATE TABLE more (twice AS id * 2) LIKE found");

        assertThat(rows("SELECT id FROM `" + uri + "`")).containsExactly("+I[1]");
        assertThat(rows("SELECT id FROM found")).containsExactly("+I[1]");
        assertThat(rows("SELECT twice FROM more")).containsExactly("+I[2]");
    }

    @Test
    void refusesOptionsThatDifferFromWhatTheTableDeclares() {
        sql.executeSql(
                "CREATE TABLE t (id BIGINT NOT NULL, ts TIMESTAMP(3), WATERMARK FOR ts AS ts,"
                        + " PRIMARY KEY (id) NOT ENFORCED) WITH ('uri'='memory://a',"
                        + "'primary-key'='ts','event-time.field'='ts','columns'='id BIGINT')");

        assertThatThrownBy(() -> rows("SELECT * FROM t"))
                .rootCause()
                .hasMessageContaining("VELO-OPT-002")
                .hasMessageContaining("declares PRIMARY KEY (id)")
                .hasMessageContaining("declare WATERMARK FOR `ts` AS `ts` - INTERVAL '5.000'")
                .hasMessageContaining("Option 'columns' differs");
    }

    @Test
    void refusesAWatermarkStrategyWithoutItsColumn() {
        assertThatThrownBy(
                        () ->
                                rows(
                                        "SELECT * FROM `memory://a?columns=id"
                                                + " BIGINT&watermark_strategy=none`"))
                .rootCause()
                .hasMessageContaining("need 'event-time.field'");
    }

    @Test
    void reportsAllMistakesOfATableAtOnceWithTheNearestNames() {
        sql.executeSql(
                "CREATE TEMPORARY TABLE default_catalog.default_database.t (id BIGINT) WITH ("
                        + "'connector'='velo','uri'='memory://a?paralelism=2','parallelism'='many',"
                        + "'batch-size'='5')");

        assertThatThrownBy(() -> rows("SELECT * FROM default_catalog.default_database.t"))
                .rootCause()
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("Did you mean 'parallelism'")
                .hasMessageContaining("whole number of subtasks")
                .hasMessageContaining("not built yet");
    }

    @Test
    void saysWhatIsWrongWithAnUnknownSchemeAndAMissingJar() {
        assertThatThrownBy(() -> rows("SELECT * FROM `memry://a`"))
                .rootCause()
                .hasMessageContaining("Did you mean 'memory'");
        assertThatThrownBy(() -> rows("SELECT * FROM `kafka://h/t`"))
                .rootCause()
                .hasMessageContaining("jar of scheme 'kafka'");
    }

    @Test
    void asksForColumnsOutsideOfAVeloCatalog() {
        sql.executeSql(
                "CREATE TABLE default_catalog.default_database.t WITH"
                        + " ('connector'='velo','uri'='memory://a')");

        assertThatThrownBy(() -> rows("SELECT * FROM default_catalog.default_database.t"))
                .rootCause()
                .hasMessageContaining("CREATE CATALOG");
    }

    @Test
    void prefersWithRolePrefixThenWithThenUriThenFile() throws Exception {
        Path file = folder.resolve("f.yaml");
        Files.writeString(
                file, "data_sources: {x: {uri: 'memory://file', columns: 'id BIGINT'}}\n");
        run("INSERT INTO `memory://file?columns=id BIGINT` VALUES (1)");
        run("INSERT INTO `memory://with?columns=id BIGINT` VALUES (2)");
        run("INSERT INTO `memory://role?columns=id BIGINT` VALUES (3)");
        String entry = "'connector'='velo','config-file'='" + file + "','data-source'='x'";
        sql.executeSql("CREATE TEMPORARY TABLE a (id BIGINT) WITH (" + entry + ")");
        sql.executeSql(
                "CREATE TEMPORARY TABLE b (id BIGINT) WITH (" + entry + ",'uri'='memory://with')");
        sql.executeSql(
                "CREATE TEMPORARY TABLE c (id BIGINT) WITH ("
                        + entry
                        + ",'url'='memory://with','source.url'='memory://role',"
                        + "'source.type'='memory')");

        assertThat(rows("SELECT * FROM a")).containsExactly("+I[1]");
        assertThat(rows("SELECT * FROM b")).containsExactly("+I[2]");
        assertThat(rows("SELECT * FROM c")).containsExactly("+I[3]");
    }

    @Test
    void looksRowsUpInAJoin() throws Exception {
        run("INSERT INTO `memory://dim?columns=id BIGINT, name STRING` VALUES (1, 'x')");
        run("INSERT INTO `memory://fact?columns=id BIGINT` VALUES (1), (2)");
        String join =
                "SELECT f.id, d.name FROM (SELECT *, PROCTIME() AS pt FROM `memory://fact`) f %s"
                        + " JOIN `memory://dim` FOR SYSTEM_TIME AS OF f.pt AS d ON f.id = d.id";

        assertThat(rows(String.format(join, ""))).containsExactly("+I[1, x]");
        assertThat(rows(String.format(join, "LEFT")))
                .containsExactlyInAnyOrder("+I[1, x]", "+I[2, null]");
    }

    private void run(String statement) {
        try {
            sql.executeSql(statement).await();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
