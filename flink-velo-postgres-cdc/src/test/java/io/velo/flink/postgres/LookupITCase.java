// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lookup joins by SQL against a real server. */
class LookupITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;
    private SqlSession sql;

    @BeforeEach
    void createDatabase() {
        database = TestDatabase.create();
        sql = SqlSession.streaming();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private String table(String parameters) {
        return "`" + database.uri("table=" + parameters) + "`";
    }

    private void keys(String type, String values) throws Exception {
        sql.run(
                "CREATE TEMPORARY VIEW o AS SELECT CAST(k AS "
                        + type
                        + ") AS k, PROCTIME() AS pt FROM (VALUES "
                        + values
                        + ") AS v(k)");
    }

    private List<String> join(String kind, String table) throws Exception {
        return sql.rows(
                "SELECT o.k, t.v FROM o "
                        + kind
                        + " JOIN "
                        + table
                        + " FOR SYSTEM_TIME AS OF o.pt AS t ON o.k = t.k");
    }

    @Test
    void givesHitsMissesNullKeysAndDuplicatesAsSqlSays() throws Exception {
        database.execute("CREATE TABLE c (k int8, v text)");
        database.execute(
                "INSERT INTO c VALUES (1, 'one'), (2, 'two a'), (2, 'two b'), (NULL, 'null'),"
                        + " (4, NULL)");
        keys("BIGINT", "(1), (2), (3), (CAST(NULL AS BIGINT)), (4), (1)");

        assertThat(join("", table("c")))
                .containsExactlyInAnyOrder(
                        "+I[1, one]", "+I[2, two a]", "+I[2, two b]", "+I[4, null]", "+I[1, one]");
        assertThat(join("LEFT", table("c")))
                .containsExactlyInAnyOrder(
                        "+I[1, one]",
                        "+I[2, two a]",
                        "+I[2, two b]",
                        "+I[3, null]",
                        "+I[null, null]",
                        "+I[4, null]",
                        "+I[1, one]");
    }

    @Test
    void looksUpInBatchJobsToo() throws Exception {
        database.execute("CREATE TABLE c (k int8, v text)");
        database.execute("INSERT INTO c VALUES (1, 'one')");
        sql = SqlSession.batch();
        keys("BIGINT", "(1), (2)");

        assertThat(join("LEFT", table("c"))).containsExactlyInAnyOrder("+I[1, one]", "+I[2, null]");
    }

    @Test
    void comparesByTheRulesOfTheColumnsType() throws Exception {
        database.execute("CREATE EXTENSION citext");
        database.execute("CREATE TABLE c (k citext, v text)");
        database.execute("INSERT INTO c VALUES ('AbC', 'one')");
        database.execute("CREATE TABLE d (k char(5), v text)");
        database.execute("INSERT INTO d VALUES ('ab', 'two')");
        database.execute("CREATE TABLE n (k numeric, v text)");
        database.execute("INSERT INTO n VALUES (1.50, 'three')");
        keys("STRING", "('aBc'), ('ab'), ('1.5'), ('1.50')");

        assertThat(join("", table("c"))).containsExactly("+I[aBc, one]");
        assertThat(join("", table("d"))).containsExactly("+I[ab, two]");
        assertThat(join("", table("n"))).containsExactly("+I[1.50, three]");
    }

    @Test
    void looksUpByKeysOfManyTypes() throws Exception {
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        record Key(String postgres, String literal, String flink, String value) {}
        for (Key key :
                List.of(
                        new Key("int2", "7", "SMALLINT", "7"),
                        new Key("int4", "-7", "INT", "-7"),
                        new Key("text", "'ä\"\\ {},'", "STRING", "'ä\"\\ {},'"),
                        new Key(
                                "uuid",
                                "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                                "STRING",
                                "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
                        new Key("mood", "'ok'", "STRING", "'ok'"),
                        new Key("numeric(9,2)", "1.50", "DECIMAL(9,2)", "1.5"),
                        new Key("date", "'2024-02-29'", "DATE", "DATE '2024-02-29'"),
                        new Key(
                                "timestamp",
                                "'2024-02-29 01:02:03.000004'",
                                "TIMESTAMP(6)",
                                "TIMESTAMP '2024-02-29 01:02:03.000004'"),
                        new Key(
                                "timestamptz",
                                "'2024-02-29 01:02:03+00'",
                                "TIMESTAMP_LTZ(6)",
                                "TIMESTAMP '2024-02-29 01:02:03'"),
                        new Key("time(3)", "'01:02:03.004'", "TIME(3)", "TIME '01:02:03.004'"),
                        new Key("bytea", "'\\x00ff5c'", "BYTES", "x'00ff5c'"),
                        new Key("bool", "true", "BOOLEAN", "true"),
                        new Key("float8", "0.1", "DOUBLE", "0.1e0"),
                        new Key("inet", "'10.0.0.1'", "STRING", "'10.0.0.1'"))) {
            database.execute("DROP TABLE IF EXISTS c");
            database.execute("CREATE TABLE c (k " + key.postgres() + " PRIMARY KEY, v text)");
            database.execute("INSERT INTO c VALUES (" + key.literal() + ", 'found')");
            sql = SqlSession.streaming();
            sql.run(
                    "CREATE TABLE c (k "
                            + key.flink()
                            + ", v STRING) WITH ('connector'='velo',"
                            + "'uri'='"
                            + database.uri("table=c")
                            + "')");
            keys(key.flink(), "(" + key.value() + ")");

            assertThat(join("", "c")).as(key.toString()).hasSize(1);
        }
    }

    @Test
    void treatsKeysThatTheColumnCannotHoldAsMisses() throws Exception {
        database.execute("CREATE TABLE c (k int2, v text)");
        database.execute("INSERT INTO c VALUES (1, 'one')");
        sql.run(
                "CREATE TABLE c (k BIGINT, v STRING) WITH ('connector'='velo','uri'='"
                        + database.uri("table=c")
                        + "')");
        keys("BIGINT", "(65537), (1), (9223372036854775807)");
        assertThat(join("", "c")).containsExactly("+I[1, one]");

        database.execute("CREATE TABLE u (k uuid, v text)");
        database.execute("INSERT INTO u VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'u')");
        sql = SqlSession.streaming();
        keys("STRING", "('no uuid'), ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'), ('')");
        assertThat(join("LEFT", table("u")))
                .containsExactlyInAnyOrder(
                        "+I[no uuid, null]",
                        "+I[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11, u]",
                        "+I[, null]");
    }

    @Test
    void looksUpByCompoundKeysAndConstants() throws Exception {
        database.execute("CREATE TABLE c (a int, b text, kind text, v text, PRIMARY KEY (a, b))");
        database.execute(
                "INSERT INTO c VALUES (1, 'x', 'p', '1x'), (1, 'y', 'p', '1y'), (2, 'x', 'q', '2x')");
        sql.run(
                "CREATE TEMPORARY VIEW o AS SELECT a, b, PROCTIME() AS pt FROM (VALUES (1, 'x'),"
                        + " (1, 'y'), (2, 'x'), (2, 'y'), (1, CAST(NULL AS STRING))) AS v(a, b)");

        assertThat(
                        sql.rows(
                                "SELECT o.a, o.b, t.v FROM o LEFT JOIN "
                                        + table("c")
                                        + " FOR SYSTEM_TIME AS OF o.pt AS t"
                                        + " ON o.a = t.a AND t.b = o.b AND t.kind = 'p'"))
                .containsExactlyInAnyOrder(
                        "+I[1, x, 1x]",
                        "+I[1, y, 1y]",
                        "+I[2, x, null]",
                        "+I[2, y, null]",
                        "+I[1, null, null]");
    }

    @Test
    void looksUpAHundredThousandKeys() throws Exception {
        database.execute("CREATE TABLE c (k int8 PRIMARY KEY, v int8)");
        database.execute(
                "INSERT INTO c SELECT i, i * 2 FROM generate_series(1, 100000) i WHERE i % 10 <> 0");
        database.execute("ANALYZE c");
        sql.run(
                "CREATE TEMPORARY TABLE o (k BIGINT, pt AS PROCTIME()) WITH ('connector'='datagen',"
                        + "'fields.k.kind'='sequence','fields.k.start'='1','fields.k.end'='100000',"
                        + "'rows-per-second'='10000000')");

        List<String> rows =
                sql.rows(
                        "SELECT o.k, t.v FROM o LEFT JOIN "
                                + table("c")
                                + " FOR SYSTEM_TIME AS OF o.pt AS t ON o.k = t.k");

        assertThat(rows).hasSize(100_000).doesNotHaveDuplicates();
        assertThat(rows).contains("+I[7, 14]", "+I[10, null]", "+I[99999, 199998]");
        assertThat(rows.stream().filter(row -> row.endsWith("null]"))).hasSize(10_000);
    }

    @Test
    void asksThePartialCacheFirst() throws Exception {
        // Every request sees another moment, so the moments count the requests.
        database.execute(
                "CREATE VIEW c AS SELECT k, clock_timestamp()::text AS v"
                        + " FROM generate_series(1::int8, 2::int8) AS k");
        sql.run(
                "CREATE TEMPORARY TABLE o (k BIGINT, pt AS PROCTIME()) WITH ('connector'='datagen',"
                        + "'fields.k.min'='1','fields.k.max'='3','number-of-rows'='5000',"
                        + "'rows-per-second'='10000000')");
        String partial = "c&lookup_cache=partial&lookup_partial_cache_max_rows=10";

        List<String> uncached = join("LEFT", table("c"));
        List<String> cached = join("LEFT", table(partial));

        assertThat(uncached).hasSize(5000);
        assertThat(cached).hasSize(5000).contains("+I[3, null]");
        long requests = uncached.stream().distinct().count();
        assertThat(requests).isGreaterThan(20);
        assertThat(cached.stream().distinct().count()).isLessThan(requests / 2);
    }

    @Test
    void readsTheWholeTableIntoTheFullCache() throws Exception {
        database.execute("CREATE TABLE c (k int8, v text, kind text)");
        database.execute(
                "INSERT INTO c VALUES (1, 'one', 'p'), (2, 'two a', 'p'), (2, 'two b', 'p'),"
                        + " (NULL, 'no', 'p'), (3, 'three', 'q')");
        keys("BIGINT", "(1), (2), (3), (CAST(NULL AS BIGINT)), (4)");

        assertThat(
                        sql.rows(
                                "SELECT o.k, t.v FROM o LEFT JOIN "
                                        + table("c&lookup_cache=full")
                                        + " FOR SYSTEM_TIME AS OF o.pt AS t"
                                        + " ON o.k = t.k AND t.kind = 'p'"))
                .containsExactlyInAnyOrder(
                        "+I[1, one]",
                        "+I[2, two a]",
                        "+I[2, two b]",
                        "+I[3, null]",
                        "+I[null, null]",
                        "+I[4, null]");
    }

    @Test
    void looksUpInTheResultOfAQueryAndByAConditionOnTheRows() throws Exception {
        database.execute("CREATE TABLE c (k int8, v text, kind text)");
        database.execute("INSERT INTO c VALUES (1, 'one', 'p'), (2, 'two', 'q')");
        keys("BIGINT", "(1), (2)");

        assertThat(
                        sql.rows(
                                "SELECT o.k, t.v FROM o JOIN `"
                                        + database.uri("query=SELECT k, upper(v) AS v, kind FROM c")
                                        + "` FOR SYSTEM_TIME AS OF o.pt AS t"
                                        + " ON o.k = t.k AND t.kind <> 'q'"))
                .containsExactly("+I[1, ONE]");
    }
}
