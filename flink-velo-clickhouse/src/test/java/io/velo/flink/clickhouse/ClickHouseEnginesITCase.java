// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same changes into each engine: inserts, updates and deletes of three keys. */
class ClickHouseEnginesITCase {

    private static final String KEYED =
            "id BIGINT, v STRING, ver BIGINT, PRIMARY KEY (id) NOT ENFORCED";

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private final TestTarget target = TestTarget.create();
    private SqlSession session;
    private StreamTableEnvironment tables;

    @BeforeEach
    void open() {
        session =
                new SqlSession(
                        target,
                        Map.of(
                                "table.exec.sink.require-on-conflict", "false",
                                "table.exec.sink.upsert-materialize", "NONE"));
        tables = session.tables();
        tables.createTemporaryView(
                "changes",
                tables.fromChangelogStream(
                        session.environment()
                                .fromData(
                                        Types.ROW_NAMED(
                                                new String[] {"id", "v", "ver"},
                                                Types.LONG,
                                                Types.STRING,
                                                Types.LONG),
                                        row(RowKind.INSERT, 1, "a", 10),
                                        row(RowKind.INSERT, 2, "b", 20),
                                        row(RowKind.UPDATE_BEFORE, 1, "a", 10),
                                        row(RowKind.UPDATE_AFTER, 1, "a2", 11),
                                        row(RowKind.INSERT, 3, "c", 30),
                                        row(RowKind.DELETE, 2, "b", 20),
                                        row(RowKind.DELETE, 3, "c", 30),
                                        row(RowKind.INSERT, 3, "c2", 31)),
                        Schema.newBuilder()
                                .column("id", "BIGINT NOT NULL")
                                .column("v", "STRING")
                                .column("ver", "BIGINT NOT NULL")
                                .primaryKey("id")
                                .build()));
    }

    private static Row row(RowKind kind, long id, String v, long ver) {
        return Row.ofKind(kind, id, v, ver);
    }

    @Test
    void collapsingRowsCancelEachOther() throws Exception {
        write("sign Int8", "CollapsingMergeTree(sign) ORDER BY id", "");
        assertThat(target.sql("SELECT id, v FROM t FINAL ORDER BY id"))
                .containsExactly(List.of("1", "a2"), List.of("3", "c2"));
        assertThat(target.sql("SELECT sum(sign), sum(sign * ver) FROM t"))
                .containsExactly(List.of("2", "42"));
    }

    @Test
    void versionedRowsCancelTheirOwnVersion() throws Exception {
        write(
                "sign Int8",
                "VersionedCollapsingMergeTree(sign, ver) ORDER BY id",
                "&max_in_flight=2");
        assertThat(target.sql("SELECT id, v FROM t FINAL ORDER BY id"))
                .containsExactly(List.of("1", "a2"), List.of("3", "c2"));
        assertThat(target.sql("SELECT ver, sum(sign) AS s FROM t GROUP BY ver HAVING s > 0"))
                .containsExactlyInAnyOrder(List.of("11", "1"), List.of("31", "1"));
    }

    @Test
    void aVersionedTableWhoseVersionNobodyFillsIsRefused() {
        target.sql(
                "CREATE TABLE t (id Int64, v Nullable(String), ver Int64, sign Int8, w UInt64)"
                        + " ENGINE = VersionedCollapsingMergeTree(sign, w) ORDER BY id");
        assertThatThrownBy(() -> insert("", KEYED, "SELECT * FROM changes"))
                .hasStackTraceContaining("must have the same version");
    }

    @Test
    void coalescingKeepsWhatAnUpdateLeavesOut() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v Nullable(String), ver Nullable(Int64)) ENGINE ="
                        + " CoalescingMergeTree ORDER BY id");
        insert(
                "&delete_mode=ignore",
                KEYED,
                "SELECT id, CASE WHEN ver = 11 THEN CAST(NULL AS STRING) ELSE v END, ver FROM"
                        + " changes");
        assertThat(target.sql("SELECT id, v, ver FROM t FINAL WHERE id = 1"))
                .containsExactly(List.of("1", "a", "11"));
    }

    @Test
    void replacingWithoutAMarkRefusesDeletesUnlessToldWhatToDo() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v Nullable(String), ver Int64) ENGINE ="
                        + " ReplacingMergeTree(ver) ORDER BY id");
        assertThatThrownBy(() -> insert("", KEYED, "SELECT * FROM changes"))
                .hasStackTraceContaining("no is_deleted column")
                .hasStackTraceContaining("delete-mode");
        insert("&delete_mode=lightweight", KEYED, "SELECT * FROM changes");
        assertThat(target.sql("SELECT id, v FROM t FINAL ORDER BY id"))
                .containsExactly(List.of("1", "a2"), List.of("3", "c2"));
        target.sql("TRUNCATE TABLE t");
        insert("&delete_mode=ignore", KEYED, "SELECT * FROM changes");
        assertThat(target.sql("SELECT id, v FROM t FINAL ORDER BY id"))
                .containsExactly(List.of("1", "a2"), List.of("2", "b"), List.of("3", "c2"));
    }

    @Test
    void aColumnOfTheQueryCanBeTheVersion() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v Nullable(String), lsn UInt64, gone UInt8) ENGINE ="
                        + " ReplacingMergeTree(lsn, gone) ORDER BY id");
        insert("&version_column=ver", KEYED, "SELECT * FROM changes");
        assertThat(target.sql("SELECT id, v, lsn FROM t FINAL ORDER BY id"))
                .containsExactly(List.of("1", "a2", "11"), List.of("3", "c2", "31"));
    }

    @Test
    void nullBecomesTheDefaultOfItsColumnWhenAsked() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v String DEFAULT concat('no ', toString(id)), n Int32)"
                        + " ENGINE = MergeTree ORDER BY id");
        insert(
                "&null_mode=default",
                "id BIGINT NOT NULL, v STRING, n INT",
                "SELECT id, CAST(NULL AS STRING), CAST(NULL AS INT) FROM (VALUES (CAST(7 AS"
                        + " BIGINT))) AS x (id)");
        assertThat(target.sql("SELECT id, v, n FROM t")).containsExactly(List.of("7", "no 7", "0"));
    }

    @Test
    void aggregatingTablesTakeValuesOfTheirFunctions() throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, n SimpleAggregateFunction(sum, Int64)) ENGINE ="
                        + " AggregatingMergeTree ORDER BY id");
        insert(
                "",
                "id BIGINT, n BIGINT",
                "SELECT id, n FROM (VALUES (CAST(1 AS BIGINT), CAST(2 AS BIGINT)), (1, 3)) AS x"
                        + " (id, n)");
        assertThat(target.sql("SELECT id, sum(n) FROM t GROUP BY id"))
                .containsExactly(List.of("1", "5"));
    }

    private void write(String column, String engine, String parameters) throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v Nullable(String), ver Int64, "
                        + column
                        + ") ENGINE = "
                        + engine);
        insert(parameters, KEYED, "SELECT * FROM changes");
    }

    private void insert(String parameters, String columns, String query) throws Exception {
        tables.executeSql("DROP TEMPORARY TABLE IF EXISTS t");
        session.create("t", columns, "t", parameters);
        tables.executeSql("INSERT INTO t " + query).await();
    }
}
