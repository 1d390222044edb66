// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables read by SQL from a real server through a real Flink job. */
class ScanITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private String table(String name) {
        return "`" + database.uri("table=" + name) + "`";
    }

    @Test
    void readsEveryTypeAsDiscovered() throws Exception {
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        database.execute("CREATE DOMAIN code AS varchar(3)");
        database.execute(
                "CREATE TABLE v (a bool, b int2, c int4, d int8, e oid, f float4, g float8,"
                        + " h numeric(12,2), i numeric, j money, k varchar(9), l char(3), m text,"
                        + " n name, o bytea, p uuid, q json, r jsonb, s xml, t mood, u code,"
                        + " v date, w time(3), x timetz, y timestamp, z timestamptz, aa interval,"
                        + " ab bit, ac varbit(4), ad inet, ae cidr, af macaddr, ag int4[],"
                        + " ah text[], ai numeric(5,1)[], aj timestamptz[], ak money[])");
        database.execute(
                "INSERT INTO v VALUES (true, -1, 2, 3, 4000000000, 1.5, -2.5, 12.30, 1.230,"
                        + " '4.56', 'vär', 'ab', '😀', 'nm', '\\x00ff',"
                        + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{\"x\": 1}', '[2]', '<a/>',"
                        + " 'ok', 'xyz', '2024-02-29', '12:34:56.789', '12:00+02',"
                        + " '1969-12-31 23:59:59.999999', '2024-06-01 12:00+02', '1 mon -3 days',"
                        + " '1', '0101', '10.0.0.1', '10.0.0.0/8', '08:00:2b:01:02:03',"
                        + " '{1,NULL}', '{x,\"a,b\"}', '{1.5}', '{\"2000-01-01 00:00+00\"}',"
                        + " '{1.25}')");
        database.execute("INSERT INTO v (a) VALUES (NULL)");

        List<String> rows = SqlSession.batch().rows("SELECT * FROM " + table("v"));

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "+I[true, -1, 2, 3, 4000000000, 1.5, -2.5, 12.30, 1.230, 4.56, vär, ab ,"
                                + " 😀, nm, [0, -1], a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,"
                                + " {\"x\": 1}, [2], <a/>, ok, xyz, 2024-02-29, 12:34:56.789,"
                                + " 12:00:00+02, 1969-12-31T23:59:59.999999,"
                                + " 2024-06-01T10:00:00Z, P1M-3D, true, 0101, 10.0.0.1,"
                                + " 10.0.0.0/8, 08:00:2b:01:02:03, [1, null], [x, a,b], [1.5],"
                                + " [2000-01-01T00:00:00Z], [1.25]]",
                        "+I[" + "null, ".repeat(36) + "null]");
    }

    @Test
    void readsOnlyTheColumnsAndRowsThatAreAskedFor() throws Exception {
        database.execute("CREATE TABLE n (id int8 PRIMARY KEY, a text, b text)");
        database.execute(
                "INSERT INTO n SELECT i, 'a' || i, 'b' || i FROM generate_series(1, 1000) i");
        SqlSession sql = SqlSession.batch();

        assertThat(sql.rows("SELECT b, id FROM " + table("n") + " WHERE id = 7"))
                .containsExactly("+I[b7, 7]");
        assertThat(sql.rows("SELECT COUNT(*) FROM " + table("n"))).containsExactly("+I[1000]");
        assertThat(sql.rows("SELECT a FROM " + table("n") + " LIMIT 3")).hasSize(3);
        assertThat(sql.rows("EXPLAIN SELECT b FROM " + table("n") + " LIMIT 3").toString())
                .contains("project=[b]")
                .contains("limit=[3]")
                .doesNotContain("a, b");
    }

    @Test
    void readsAllRowsOnceInStreamingModeToo() throws Exception {
        database.execute("CREATE TABLE n (id int8 PRIMARY KEY, v text NOT NULL)");
        database.execute(
                "INSERT INTO n SELECT i, repeat('x', (i % 50)::int)"
                        + " FROM generate_series(1, 100000) i");
        SqlSession sql = SqlSession.streaming();

        List<String> ids = sql.rows("SELECT id FROM " + table("n"));

        assertThat(ids)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 100_000).mapToObj(i -> "+I[" + i + "]").toList());
    }

    @Test
    void readsInTheOrderOfTheKeyOnlyWhereItMustBeAbleToGoOn() throws Exception {
        database.execute("CREATE TABLE n (id int8 PRIMARY KEY)");
        database.execute("INSERT INTO n SELECT 100 - i FROM generate_series(1, 9) i");

        assertThat(SqlSession.streaming().rows("SELECT id FROM " + table("n")).get(0))
                .isEqualTo("+I[91]");
        assertThat(SqlSession.batch().rows("SELECT id FROM " + table("n")).get(0))
                .isEqualTo("+I[99]");
    }

    @Test
    void endsTheJobForGoodWhenTheServerCannotComputeARow() {
        database.execute("CREATE TABLE n (id int8)");
        database.execute("INSERT INTO n VALUES (0)");
        database.execute("CREATE VIEW w AS SELECT 1 / id AS x FROM n");

        assertThatThrownBy(() -> SqlSession.streaming().rows("SELECT x FROM " + table("w")))
                .hasStackTraceContaining("suppresses job restarts")
                .hasStackTraceContaining("VELO-IO-005")
                .hasStackTraceContaining("division by zero");
    }

    @Test
    void readsDeclaredColumnsByNameInTheDeclaredTypes() throws Exception {
        database.execute("CREATE TABLE t (\"Id\" int2, amount numeric, at timestamptz, g point)");
        database.execute(
                "INSERT INTO t VALUES (1, 1.005, '2024-01-01 00:00:00.123456+00', '(1,2)')");
        SqlSession sql = SqlSession.batch();
        sql.run(
                "CREATE TABLE declared (g STRING, `at` TIMESTAMP_LTZ(3), `Id` BIGINT,"
                        + " amount DECIMAL(9, 2)) WITH ('connector'='velo','uri'='"
                        + database.uri("table=t")
                        + "')");

        assertThat(sql.rows("SELECT * FROM declared"))
                .containsExactly("+I[(1,2), 2024-01-01T00:00:00.123Z, 1, 1.01]");
    }

    @Test
    void readsViewsAndPartitionedTablesAndOtherSchemas() throws Exception {
        database.execute("CREATE SCHEMA sales");
        database.execute(
                "CREATE TABLE sales.p (id int, part int, PRIMARY KEY (id, part))"
                        + " PARTITION BY LIST (part)");
        database.execute("CREATE TABLE sales.p1 PARTITION OF sales.p FOR VALUES IN (1)");
        database.execute("CREATE TABLE sales.p2 PARTITION OF sales.p FOR VALUES IN (2)");
        database.execute("INSERT INTO sales.p SELECT i, 1 + i % 2 FROM generate_series(1, 10) i");
        database.execute("CREATE VIEW sales.v AS SELECT id * 2 AS twice FROM sales.p");
        SqlSession sql = SqlSession.streaming();

        assertThat(sql.rows("SELECT id FROM " + table("sales.p"))).hasSize(10);
        assertThat(sql.rows("SELECT twice FROM " + table("v&schema=sales"))).contains("+I[20]");
        assertThat(sql.rows("SELECT id FROM `" + database.uri("").replace("?", ".sales.p1") + "`"))
                .hasSize(5);
    }

    @Test
    void refusesSpecialValuesOrReadsThemAsAsked() throws Exception {
        database.execute("CREATE TABLE s (a numeric(5,2), b timestamp, c date)");
        database.execute("INSERT INTO s VALUES ('NaN', 'infinity', '-infinity')");
        SqlSession sql = SqlSession.batch();

        assertThatThrownBy(() -> sql.rows("SELECT a FROM " + table("s")))
                .hasStackTraceContaining("VELO-SCH-005")
                .hasStackTraceContaining("Column 'a' (numeric(5,2)) holds NaN");
        assertThat(sql.rows("SELECT * FROM " + table("s&on_special_value=null")))
                .containsExactly("+I[null, null, null]");
        assertThat(sql.rows("SELECT b, c FROM " + table("s&on_special_value=clamp")))
                .containsExactly("+I[9999-12-31T23:59:59.999999, 0001-01-01]");
    }

    @Test
    void saysWhatIsWrongWithADeclaration() {
        database.execute("CREATE TABLE t (id int8, at timestamp, g point)");
        SqlSession sql = SqlSession.batch();

        assertThatThrownBy(() -> sql.rows("SELECT * FROM " + table("t")))
                .hasStackTraceContaining("VELO-SCH-002")
                .hasStackTraceContaining("'g' is point")
                .hasStackTraceContaining("as STRING");
        assertThatThrownBy(
                        () -> {
                            sql.run(
                                    "CREATE TABLE bad (id INT, ad TIMESTAMP(3), `at`"
                                            + " TIMESTAMP_LTZ(3)) WITH ('connector'='velo','uri'='"
                                            + database.uri("table=t")
                                            + "')");
                            sql.rows("SELECT * FROM bad");
                        })
                .hasStackTraceContaining("'id' is bigint in PostgreSQL and cannot be read as INT")
                .hasStackTraceContaining("no column 'ad'. Did you mean 'at'")
                .hasStackTraceContaining("'at' is timestamp without time zone");
    }

    @Test
    void readsTablesAndColumnsWithHostileNames() throws Exception {
        database.execute("CREATE TABLE victim (id int)");
        for (String name :
                List.of(
                        "a\"b",
                        "t; drop table victim; --",
                        "t' || 'x",
                        "back\\slash",
                        "dots.in.name",
                        "Üñî—‘quoted’",
                        "select",
                        "a`b",
                        "%_?$1:x",
                        "\"")) {
            String quoted = '"' + name.replace("\"", "\"\"") + '"';
            database.execute(
                    "CREATE TABLE " + quoted + " (" + quoted + " text PRIMARY KEY, \"$1\" int)");
            database.execute("INSERT INTO " + quoted + " VALUES ('x', 1)");
            SqlSession sql = SqlSession.streaming();
            sql.run(
                    "CREATE TABLE t (`"
                            + name.replace("`", "``")
                            + "` STRING, `$1` INT, pt AS PROCTIME()) WITH ('connector'='velo','uri'='"
                            + database.uri("")
                            + "', 'table'='"
                            + quoted.replace("'", "''")
                            + "')");

            assertThat(sql.rows("SELECT `$1`, `" + name.replace("`", "``") + "` FROM t"))
                    .as(name)
                    .containsExactly("+I[1, x]");
            assertThat(
                            sql.rows(
                                    "SELECT b.`$1` FROM t AS a JOIN t FOR SYSTEM_TIME AS OF a.pt AS"
                                            + " b ON a.`"
                                            + name.replace("`", "``")
                                            + "` = b.`"
                                            + name.replace("`", "``")
                                            + "`"))
                    .as(name)
                    .containsExactly("+I[1]");
        }
        assertThat(database.query("SELECT count(*) FROM victim")).containsExactly("0");
    }
}
