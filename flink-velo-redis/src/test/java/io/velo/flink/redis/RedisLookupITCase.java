// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.List;
import java.util.Map;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

class RedisLookupITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Sql.cluster();

    private final RedisServer server = RequiredServer.redis();
    private final Jedis redis = new Jedis(server.host(), server.port());
    private Sql sql;

    @BeforeEach
    void orders() throws Exception {
        // The cluster announces itself only now.
        sql = Sql.streaming();
        redis.select(1);
        redis.flushDB();
        sql.run(
                "CREATE TEMPORARY VIEW orders AS SELECT o, user_id, region, PROCTIME() AS p FROM"
                        + " (VALUES (1, CAST(7 AS BIGINT), 'eu'), (2, CAST(8 AS BIGINT), 'eu'),"
                        + " (3, CAST(NULL AS BIGINT), 'eu'), (4, CAST(7 AS BIGINT), 'us'))"
                        + " AS t (o, user_id, region)");
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void joinsHashesByKey() throws Exception {
        redis.hset("user:7", Map.of("name", "Ann", "age", "41", "secret", "x"));
        users("id BIGINT, name STRING, age INT", "key_pattern=user:{id}&type=hash");

        assertThat(inner("u.id, u.name, u.age"))
                .containsExactlyInAnyOrder(Row.of(1, 7L, "Ann", 41), Row.of(4, 7L, "Ann", 41));
        assertThat(left("u.name"))
                .containsExactlyInAnyOrder(
                        Row.of(1, "Ann"), Row.of(2, null), Row.of(3, null), Row.of(4, "Ann"));
    }

    @Test
    void tellsAHashWithoutTheFieldsFromAKeyThatDoesNotExist() throws Exception {
        redis.hset("user:7", "other", "x");
        users("id BIGINT, name STRING, age INT", "key_pattern=user:{id}&type=hash");

        assertThat(inner("u.name, u.age"))
                .containsExactlyInAnyOrder(Row.of(1, null, null), Row.of(4, null, null));
        assertThat(inner("u.id")).containsExactlyInAnyOrder(Row.of(1, 7L), Row.of(4, 7L));
    }

    @Test
    void joinsJsonStrings() throws Exception {
        redis.set(
                "user:7",
                "{\"id\":7,\"skip\":[1,{\"a\":2}],\"name\":\"Zoë\",\"tags\":[\"a\",\"b\"],"
                        + "\"home\":{\"city\":\"Riga\"}}");
        users(
                "id BIGINT, name STRING, tags ARRAY<STRING>, home ROW<city STRING>, age INT",
                "key_pattern=user:{id}&type=string");

        assertThat(inner("u.name, u.tags[2], u.home.city, u.age"))
                .containsExactlyInAnyOrder(
                        Row.of(1, "Zoë", "b", "Riga", null), Row.of(4, "Zoë", "b", "Riga", null));
    }

    @Test
    void findsOutWhatTheKeysHold() throws Exception {
        redis.set("string:7", "{\"name\":\"Ann\"}");
        users("id BIGINT, name STRING", "key_pattern=string:{id}");
        assertThat(inner("u.name")).hasSize(2);

        redis.hset("hash:7", "name", "Ann");
        users("id BIGINT, name STRING", "key_pattern=hash:{id}");
        assertThat(inner("u.name")).hasSize(2);

        users("id BIGINT, name STRING", "key_pattern=nothing:{id}");
        assertThat(inner("u.name")).isEmpty();

        redis.lpush("list:7", "Ann");
        users("id BIGINT, name STRING", "key_pattern=list:{id}");
        assertThatThrownBy(() -> inner("u.name"))
                .rootCause()
                .hasMessageContaining("of type 'list', which is not built yet");
    }

    @Test
    void comparesColumnsThatAreNotPartOfTheKey() throws Exception {
        redis.hset("user:7", Map.of("name", "Ann", "region", "us"));
        users("id BIGINT, name STRING, region STRING", "key_pattern=user:{id}&type=hash");

        assertThat(
                        sql.rows(
                                "SELECT o, u.name FROM orders LEFT JOIN users FOR SYSTEM_TIME AS OF"
                                        + " orders.p AS u ON user_id = u.id AND orders.region ="
                                        + " u.region"))
                .containsExactlyInAnyOrder(
                        Row.of(1, null), Row.of(2, null), Row.of(3, null), Row.of(4, "Ann"));
    }

    @Test
    void readsEveryScalarTypeFromText() throws Exception {
        redis.hset(
                "user:7",
                Map.ofEntries(
                        Map.entry("a", "true"),
                        Map.entry("b", "-1"),
                        Map.entry("c", "2"),
                        Map.entry("d", "1.5"),
                        Map.entry("e", "12.50"),
                        Map.entry("f", "2001-01-14"),
                        Map.entry("g", "06:55:00"),
                        Map.entry("h", "2001-01-14 06:55:00.123"),
                        Map.entry("i", "2001-01-14T06:55:00Z"),
                        Map.entry("j", "bytes"),
                        Map.entry("k", "{\"x\":[1,2]}")));
        users(
                "id BIGINT, a BOOLEAN, b TINYINT, c SMALLINT, d DOUBLE, e DECIMAL(10, 2), f DATE,"
                        + " g TIME, h TIMESTAMP(3), i TIMESTAMP_LTZ(3), j BYTES,"
                        + " k ROW<x ARRAY<INT>>",
                "key_pattern=user:{id}&type=hash");

        assertThat(
                        sql.rows(
                                "SELECT u.a, u.b, u.c, u.d, u.e, u.f, u.g, u.h,"
                                        + " UNIX_TIMESTAMP(CAST(u.i AS STRING)) > 0,"
                                        + " DECODE(u.j, 'UTF-8'), u.k.x[1] FROM orders JOIN users"
                                        + " FOR SYSTEM_TIME AS OF orders.p AS u ON user_id = u.id"
                                        + " WHERE o = 1"))
                .hasToString(
                        "[+I[true, -1, 2, 1.5, 12.50, 2001-01-14, 06:55,"
                                + " 2001-01-14T06:55:00.123, true, bytes, 1]]");
    }

    @Test
    void namesTheColumnOfAValueThatDoesNotConvert() throws Exception {
        redis.hset("user:7", Map.of("name", "Ann", "age", "VELOCANARY"));
        users("id BIGINT, name STRING, age INT", "key_pattern=user:{id}&type=hash");

        assertThatThrownBy(() -> inner("u.age"))
                .rootCause()
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("A value of column 'age' in Redis is not a valid INT.")
                .hasMessageNotContaining("VELOCANARY");
    }

    @Test
    void failsOnKeysOfAnotherType() throws Exception {
        redis.set("user:7", "text");
        users("id BIGINT, name STRING", "key_pattern=user:{id}&type=hash");
        assertThatThrownBy(() -> inner("u.name"))
                .rootCause()
                .hasMessageContaining("VELO-SCH-002")
                .hasMessageContaining("holds another type of value");

        users("id BIGINT, name STRING", "key_pattern=user:{id}&type=string");
        assertThatThrownBy(() -> inner("u.name"))
                .rootCause()
                .hasMessageContaining("The string of a key is not a JSON object.");
    }

    @Test
    void asksOnceForAKeyInTheCache() throws Exception {
        redis.hset("user:7", "name", "Ann");
        sql.run(
                "CREATE TEMPORARY TABLE many (n INT, p AS PROCTIME()) WITH ('connector'='datagen',"
                        + " 'number-of-rows'='2000', 'fields.n.kind'='sequence',"
                        + " 'fields.n.start'='1', 'fields.n.end'='2000')");
        users(
                "id BIGINT, name STRING",
                "key_pattern=user:{id}&type=hash&lookup_cache=partial"
                        + "&lookup_partial_cache_max_rows=10");
        long before = calls("hmget");

        List<Row> rows =
                sql.rows(
                        "SELECT n, u.name FROM many JOIN users FOR SYSTEM_TIME AS OF many.p AS u"
                                + " ON n - n + 7 = u.id");

        assertThat(rows).hasSize(2000).allMatch(row -> "Ann".equals(row.getField(1)));
        assertThat(calls("hmget") - before).isBetween(1L, 1000L);
    }

    @Test
    void discoversTheColumnsOfABackTickedUri() throws Exception {
        redis.hset("user:7", Map.of("name", "Ann", "age", "41"));
        redis.hset("user:8", Map.of("name", "Bea"));
        String uri = server.uri() + "/1?key_pattern=user:{id}";
        sql.run("CREATE CATALOG velo WITH ('type'='velo')").run("USE CATALOG velo");

        assertThat(sql.rows("DESCRIBE `" + uri + "`"))
                .extracting(row -> row.getField(0) + " " + row.getField(1) + " " + row.getField(2))
                .containsExactlyInAnyOrder(
                        "id BIGINT false", "name STRING true", "age BIGINT true");
        assertThat(
                        sql.rows(
                                "SELECT o, u.name, u.age FROM"
                                        + " default_catalog.default_database.orders AS o JOIN `"
                                        + uri
                                        + "` FOR SYSTEM_TIME AS OF o.p AS u ON o.user_id = u.id"))
                .containsExactlyInAnyOrder(
                        Row.of(1, "Ann", 41L), Row.of(2, "Bea", null), Row.of(4, "Ann", 41L));
    }

    @Test
    void saysHowToDeclareColumnsWhenNoKeyMatches() throws Exception {
        sql.run("CREATE CATALOG velo WITH ('type'='velo')").run("USE CATALOG velo");

        assertThatThrownBy(() -> sql.rows("DESCRIBE `" + server.uri() + "/1?key_pattern=no:{id}`"))
                .hasStackTraceContaining("No key matches 'no:*'.")
                .hasStackTraceContaining("columns=id BIGINT, name STRING");
    }

    private void users(String columns, String parameters) throws Exception {
        sql.run("DROP TEMPORARY TABLE IF EXISTS users");
        sql.run(
                "CREATE TEMPORARY TABLE users ("
                        + columns
                        + ") WITH ('connector'='velo', 'uri'='"
                        + server.uri()
                        + "/1?"
                        + parameters
                        + "')");
    }

    private List<Row> inner(String columns) throws Exception {
        return sql.rows("SELECT o, " + columns + join(""));
    }

    private List<Row> left(String columns) throws Exception {
        return sql.rows("SELECT o, " + columns + join("LEFT"));
    }

    private static String join(String kind) {
        return " FROM orders "
                + kind
                + " JOIN users FOR SYSTEM_TIME AS OF orders.p AS u ON user_id = u.id";
    }

    private long calls(String command) {
        return redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.split("[=,]")[1]))
                .sum();
    }
}
