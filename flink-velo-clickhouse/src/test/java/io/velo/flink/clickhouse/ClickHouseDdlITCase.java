// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statements of a catalog that create, alter, empty and drop what the real server has. */
class ClickHouseDdlITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final TestTarget target = TestTarget.create();
    private final TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    @BeforeEach
    void openCatalog() {
        sql.getConfig().set("parallelism.default", "1");
        sql.executeSql(
                "CREATE CATALOG ch WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "")
                        + "','username'='velo','password'='velo')");
        sql.executeSql("USE CATALOG ch");
        sql.executeSql("USE " + target.database());
    }

    @Test
    void aTableIsCreatedWithAllThatItIs() {
        sql.executeSql(
                "CREATE TABLE visits (shop STRING COMMENT 'who''s', `at` TIMESTAMP_LTZ(3), n INT,"
                        + " tags ARRAY<STRING>, `where` ROW<x DOUBLE NOT NULL, y DOUBLE NOT NULL>)"
                        + " COMMENT 'all of them' WITH ('order-by'='shop, toDate(at)',"
                        + " 'partition-by'='toYYYYMM(at)', 'ttl'='toDateTime(at) + INTERVAL 30"
                        + " YEAR', 'table-settings'='index_granularity = 1024')");
        assertThat(create("visits"))
                .contains("`shop` String COMMENT 'who\\'s'")
                .contains("`at` DateTime64(3, 'UTC')", "`n` Nullable(Int32)")
                .contains("`tags` Array(Nullable(String))", "`where` Tuple(")
                .contains("ENGINE = MergeTree", "PARTITION BY toYYYYMM(at)")
                .contains("ORDER BY (shop, toDate(at))", "TTL toDateTime(at) + toIntervalYear(30)")
                .contains("index_granularity = 1024", "COMMENT 'all of them'");
        assertThatThrownBy(() -> sql.executeSql("CREATE TABLE visits (id INT)"))
                .hasStackTraceContaining("already exists");
        sql.executeSql("CREATE TABLE IF NOT EXISTS visits (id INT)");
        sql.executeSql("DROP TABLE visits");
        assertThat(target.sql("SHOW TABLES")).isEmpty();
    }

    @Test
    void aKeyAndPartitionedByBecomeTheServersOwn() {
        sql.executeSql(
                "CREATE TABLE totals (id BIGINT, `day` DATE, v INT, PRIMARY KEY (id, `day`) NOT"
                        + " ENFORCED) PARTITIONED BY (`day`)");
        assertThat(create("totals"))
                .contains("ReplacingMergeTree(_velo_version, _velo_deleted)")
                .contains("PARTITION BY day", "ORDER BY (id, day)");
        sql.executeSql("CREATE TABLE heap (id INT) WITH ('engine'='Memory')");
        assertThat(create("heap")).contains("ENGINE = Memory");
    }

    @Test
    void aTableIsAltered() {
        target.sql(
                "CREATE TABLE t (id Int32, a Nullable(Int32), b String) ENGINE = MergeTree ORDER"
                        + " BY id");
        target.sql("INSERT INTO t VALUES (1, 2, 'x')");
        sql.executeSql("ALTER TABLE t ADD (c STRING COMMENT 'new' AFTER id, d DATE FIRST)");
        sql.executeSql("ALTER TABLE t MODIFY (a BIGINT COMMENT 'wider')");
        sql.executeSql("ALTER TABLE t RENAME b TO `odd ``name`");
        sql.executeSql("ALTER TABLE t DROP d");
        sql.executeSql("ALTER TABLE t SET ('ttl'='toDate(id) + INTERVAL 100 YEAR')");
        assertThat(
                        target.sql(
                                "SELECT name, type, comment FROM system.columns WHERE database ="
                                        + " currentDatabase() AND table = 't' ORDER BY position"))
                .containsExactly(
                        List.of("id", "Int32", ""),
                        List.of("c", "Nullable(String)", "new"),
                        List.of("a", "Nullable(Int64)", "wider"),
                        List.of("odd `name", "String", ""));
        assertThat(create("t")).contains("TTL toDate(id)");
        sql.executeSql("ALTER TABLE t RESET ('ttl')");
        assertThat(create("t")).doesNotContain("TTL");
        assertThatThrownBy(() -> sql.executeSql("ALTER TABLE t SET ('order-by'='a')"))
                .hasStackTraceContaining("Option 'order-by' of a ClickHouse table cannot be");
        assertThatThrownBy(() -> sql.executeSql("ALTER TABLE t SET ('engin'='Log')"))
                .hasStackTraceContaining("Did you mean 'engine'?");
        sql.executeSql("ALTER TABLE t RENAME TO u");
        assertThat(target.value("SELECT a FROM u")).isEqualTo("2");
    }

    @Test
    void aDatabaseIsCreatedAndDropped() {
        String database = target.database() + "_made";
        sql.executeSql("CREATE DATABASE " + database + " COMMENT 'by Flink'");
        assertThat(
                        target.value(
                                "SELECT comment FROM system.databases WHERE name = '"
                                        + database
                                        + "'"))
                .isEqualTo("by Flink");
        sql.executeSql("CREATE TABLE " + database + ".t (id INT)");
        assertThatThrownBy(() -> sql.executeSql("DROP DATABASE " + database))
                .hasStackTraceContaining("is not empty");
        sql.executeSql("DROP DATABASE " + database + " CASCADE");
        assertThat(
                        target.value(
                                "SELECT count() FROM system.databases WHERE name = '"
                                        + database
                                        + "'"))
                .isEqualTo("0");
    }

    @Test
    void aTableIsMadeOfAQueryAndRowsAreDeleted() throws Exception {
        sql.executeSql(
                        "CREATE TABLE made WITH ('order-by'='id') AS SELECT id, v FROM (VALUES (1,"
                                + " 'a'), (2, 'b'), (3, 'c'), (4, CAST(NULL AS STRING))) AS q (id,"
                                + " v)")
                .await();
        assertThat(rows("SELECT id FROM made ORDER BY id")).hasSize(4);
        sql.executeSql("DELETE FROM made WHERE id > 1 AND v = 'b'").await();
        assertThat(target.value("SELECT groupArray(id) FROM (SELECT id FROM made ORDER BY id)"))
                .isEqualTo("[1,3,4]");
        sql.executeSql("DELETE FROM made WHERE v IS NULL").await();
        assertThat(target.value("SELECT count() FROM made")).isEqualTo("2");
        assertThatThrownBy(() -> sql.executeSql("DELETE FROM made WHERE UPPER(v) = 'A'").await())
                .hasStackTraceContaining("cannot delete exactly the rows of this condition");
        sql.executeSql("TRUNCATE TABLE made").await();
        assertThat(target.value("SELECT count() FROM made")).isEqualTo("0");
    }

    @Test
    void whereRowsAreReplacedTheyAreDeletedByTheirKeyOnly() throws Exception {
        target.sql(
                "CREATE TABLE r (id Int32, v Int32, ver UInt32) ENGINE = ReplacingMergeTree(ver)"
                        + " ORDER BY id");
        target.sql("INSERT INTO r VALUES (1, 1, 1), (2, 1, 1)");
        target.sql("INSERT INTO r VALUES (1, 2, 2)");
        assertThatThrownBy(() -> sql.executeSql("DELETE FROM r WHERE v = 2").await())
                .hasStackTraceContaining("only columns of ORDER BY");
        sql.executeSql("DELETE FROM r WHERE id = 1").await();
        assertThat(target.sql("SELECT id, v FROM r FINAL")).containsExactly(List.of("2", "1"));
    }

    @Test
    void rowsAreUpdatedWhereNewerOnesTakeTheirPlace() throws Exception {
        sql.executeSql("CREATE TABLE r (id INT, v INT, w STRING, PRIMARY KEY (id) NOT ENFORCED)");
        target.sql("INSERT INTO r (id, v, w) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 5, NULL)");
        sql.executeSql("UPDATE r SET v = v + 1, w = UPPER(w) WHERE id < 3 AND w <> 'x'").await();
        assertThat(target.sql("SELECT id, v, w FROM r FINAL ORDER BY id"))
                .containsExactly(
                        List.of("1", "2", "A"), List.of("2", "2", "B"), List.of("3", "5", "N"));
        sql.executeSql("UPDATE r SET v = 0").await();
        assertThat(rows("SELECT id, v FROM r")).hasSize(3).allMatch(row -> row.endsWith(", 0]"));
        assertThatThrownBy(() -> sql.executeSql("UPDATE r SET id = 9 WHERE v = 0").await())
                .hasStackTraceContaining("the former row would stay");
        target.sql(
                "CREATE TABLE rv (id Int32, v Int32, ver UInt32) ENGINE = ReplacingMergeTree(ver)"
                        + " ORDER BY id");
        target.sql("INSERT INTO rv VALUES (1, 1, 7), (2, 1, 7)");
        sql.executeSql("UPDATE rv SET v = 2 WHERE id = 1").await();
        assertThat(target.sql("SELECT id, v, ver FROM rv FINAL ORDER BY id"))
                .containsExactly(List.of("1", "2", "7"), List.of("2", "1", "7"));
        target.sql("CREATE TABLE plain (id Int32, v Int32) ENGINE = MergeTree ORDER BY id");
        assertThatThrownBy(() -> sql.executeSql("UPDATE plain SET v = 1").await())
                .hasStackTraceContaining("in a ReplacingMergeTree with a primary key only")
                .hasStackTraceContaining("ALTER TABLE … UPDATE");
    }

    @Test
    void settingsOfTheUserGoWithEveryStatement() {
        target.sql("CREATE TABLE kept (id Int32) ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO kept VALUES (1)");
        sql.executeSql(
                "CREATE CATALOG locked WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "?setting.readonly=1")
                        + "','username'='velo','password'='velo')");
        sql.executeSql("USE CATALOG locked");
        sql.executeSql("USE " + target.database());
        for (String statement :
                List.of(
                        "CREATE TABLE made (id INT)",
                        "DROP TABLE kept",
                        "TRUNCATE TABLE kept",
                        "DELETE FROM kept WHERE id = 1")) {
            assertThatThrownBy(() -> sql.executeSql(statement).await())
                    .as(statement)
                    .hasStackTraceContaining("readonly mode");
        }
        assertThat(target.value("SELECT count() FROM kept")).isEqualTo("1");
    }

    @Test
    void viewsAndDictionariesOfTheServerAreTablesToRead() throws Exception {
        target.sql("CREATE TABLE t (n Int64) ENGINE = MergeTree ORDER BY n");
        target.sql("CREATE VIEW v AS SELECT n, n * 2 AS twice FROM t");
        target.sql("CREATE MATERIALIZED VIEW m ENGINE = MergeTree ORDER BY n AS SELECT n FROM t");
        target.sql("CREATE VIEW p AS SELECT n FROM t WHERE n > {least:Int64}");
        target.sql(
                "CREATE DICTIONARY d (n UInt64, word String) PRIMARY KEY n SOURCE(CLICKHOUSE(QUERY"
                        + " 'SELECT 7 AS n, ''seven'' AS word')) LAYOUT(FLAT()) LIFETIME(0)");
        target.sql("INSERT INTO t VALUES (1), (2)");
        assertThat(rows("SHOW TABLES")).contains("+I[t]", "+I[v]", "+I[m]", "+I[p]", "+I[d]");
        assertThat(rows("SELECT n, twice FROM v WHERE n > 1")).containsExactly("+I[2, 4]");
        assertThat(rows("SELECT n FROM m ORDER BY n")).containsExactly("+I[1]", "+I[2]");
        assertThat(rows("SELECT word FROM d")).containsExactly("+I[seven]");
        assertThatThrownBy(() -> rows("SELECT n FROM p"))
                .hasStackTraceContaining("takes parameters, and has no columns without them")
                .hasStackTraceContaining("SELECT * FROM p(name = value)");
        sql.executeSql(
                "CREATE TEMPORARY TABLE least (n BIGINT) WITH ('connector'='velo', 'uri'='"
                        + target.uri("", "").replace("?table=", "")
                        + "','username'='velo','password'='velo',"
                        + " 'query'='SELECT * FROM p(least = 1)')");
        assertThat(rows("SELECT n FROM least")).containsExactly("+I[2]");
        assertThatThrownBy(() -> sql.executeSql("CREATE VIEW bad AS SELECT 1 AS n"))
                .hasStackTraceContaining("keeps no views of Flink")
                .hasStackTraceContaining("CREATE TEMPORARY VIEW");
    }

    /**
     * The server has no Keeper, and says so only once it has understood that a statement is meant
     * for a cluster.
     */
    @Test
    void everyStatementOfACatalogGoesToAllServersOfItsCluster() {
        target.sql("CREATE TABLE kept (id Int32) ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO kept VALUES (1)");
        String other = target.database() + "_other";
        target.sql("CREATE DATABASE " + other);
        sql.executeSql(
                "CREATE CATALOG wide WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "?on_cluster=velo_servers")
                        + "','username'='velo','password'='velo')");
        sql.executeSql(
                "CREATE TEMPORARY TABLE wanted (id INT) WITH ('connector'='velo', 'uri'='"
                        + target.uri("wanted", "&auto_create=true&on_cluster=velo_servers")
                        + "','username'='velo','password'='velo')");
        sql.executeSql("USE CATALOG wide");
        sql.executeSql("USE " + target.database());
        for (String statement :
                List.of(
                        "CREATE DATABASE made COMMENT 'x'",
                        "DROP DATABASE " + other,
                        "CREATE TABLE made (id INT) COMMENT 'x'",
                        "CREATE TABLE made AS SELECT 1 AS id",
                        "ALTER TABLE kept ADD (n INT)",
                        "ALTER TABLE kept RENAME TO other",
                        "DROP TABLE kept",
                        "TRUNCATE TABLE kept",
                        "DELETE FROM kept WHERE id = 1",
                        "INSERT INTO ch." + target.database() + ".wanted SELECT 1")) {
            assertThatThrownBy(() -> sql.executeSql(statement).await())
                    .as(statement)
                    .hasStackTraceContaining("Replicated DDL queries are disabled");
        }
        assertThat(target.sql("SHOW TABLES")).containsExactly(List.of("kept"));
        assertThat(target.value("SELECT count() FROM kept")).isEqualTo("1");
    }

    private String create(String table) {
        return target.value("SHOW CREATE TABLE " + table);
    }

    private List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
