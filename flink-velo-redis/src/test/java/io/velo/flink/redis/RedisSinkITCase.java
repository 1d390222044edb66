// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Jedis;

class RedisSinkITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = Sql.cluster();

    private final RedisServer server = RequiredServer.redis();
    private final Jedis redis = new Jedis(server.host(), server.port());
    private StreamExecutionEnvironment environment;
    private StreamTableEnvironment tables;

    @BeforeEach
    void empty() {
        // The cluster announces itself only now.
        environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(1);
        tables = StreamTableEnvironment.create(environment);
        redis.select(2);
        redis.flushDB();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void writesOneHashPerRow() throws Exception {
        table("id BIGINT, name STRING, total DECIMAL(10, 2)", "key_pattern=r:{id}&type=hash");

        insert(
                "(CAST(1 AS BIGINT), 'Ann', 1.50), (CAST(2 AS BIGINT), 'Bea', CAST(NULL AS DECIMAL(10, 2)))");

        assertThat(redis.hgetAll("r:1"))
                .isEqualTo(Map.of("id", "1", "name", "Ann", "total", "1.50"));
        assertThat(redis.hgetAll("r:2")).isEqualTo(Map.of("id", "2", "name", "Bea"));
    }

    @Test
    void appliesUpdatesAndDeletionsByKey() throws Exception {
        redis.hset("r:9", Map.of("id", "9", "name", "Old", "total", "5"));
        table(
                "id BIGINT, name STRING, total INT, PRIMARY KEY (id) NOT ENFORCED",
                "key_pattern=r:{id}&type=hash");

        changes(
                Row.ofKind(RowKind.INSERT, 1L, "Ann", 1),
                Row.ofKind(RowKind.INSERT, 2L, "Bea", 2),
                Row.ofKind(RowKind.UPDATE_AFTER, 1L, "Ann", 10),
                Row.ofKind(RowKind.UPDATE_AFTER, 9L, "New", null),
                Row.ofKind(RowKind.DELETE, 2L, "Bea", 2));

        assertThat(redis.hgetAll("r:1")).isEqualTo(Map.of("id", "1", "name", "Ann", "total", "10"));
        assertThat(redis.exists("r:2")).isFalse();
        assertThat(redis.hgetAll("r:9")).isEqualTo(Map.of("id", "9", "name", "New"));
    }

    @Test
    void keepsTheLastOfManyRowsOfAKeyWhateverTheBatchSize() throws Exception {
        for (int batch : new int[] {1, 2, 1000}) {
            redis.flushDB();
            table(
                    "id BIGINT, n INT, PRIMARY KEY (id) NOT ENFORCED",
                    "key_pattern=r:{id}&type=hash&batch_size=" + batch);
            Row[] rows = new Row[501];
            for (int i = 0; i < rows.length; i++) {
                rows[i] =
                        Row.ofKind(
                                i < 7 ? RowKind.INSERT : RowKind.UPDATE_AFTER, (long) (i % 7), i);
            }

            changes(rows);

            assertThat(redis.dbSize()).isEqualTo(7);
            for (int id = 0; id < 7; id++) {
                int last = 500 - (500 - id) % 7;
                assertThat(redis.hget("r:" + id, "n")).isEqualTo(String.valueOf(last));
            }
        }
    }

    @Test
    void writesJsonStrings() throws Exception {
        table("id BIGINT, name STRING, tags ARRAY<STRING>", "key_pattern=r:{id}&type=string");

        insert(
                "(CAST(1 AS BIGINT), 'Zoë', ARRAY['a', 'b']), (CAST(2 AS BIGINT), CAST(NULL AS STRING), CAST(NULL AS ARRAY<STRING>))");

        assertThat(redis.get("r:1"))
                .isEqualTo("{\"id\":1,\"name\":\"Zoë\",\"tags\":[\"a\",\"b\"]}");
        assertThat(redis.get("r:2")).isEqualTo("{\"id\":2,\"name\":null,\"tags\":null}");
    }

    @Test
    void letsKeysExpire() throws Exception {
        table("id BIGINT, a STRING, b STRING", "key_pattern=h:{id}&type=hash&ttl=1h");
        insert("(CAST(1 AS BIGINT), 'x', CAST(NULL AS STRING))");
        table("id BIGINT, a STRING, b STRING", "key_pattern=s:{id}&type=string&ttl=1h");
        insert("(CAST(1 AS BIGINT), 'x', CAST(NULL AS STRING))");
        table("id BIGINT, a STRING, b STRING", "key_pattern=n:{id}&type=hash");
        insert("(CAST(1 AS BIGINT), 'x', CAST(NULL AS STRING))");

        assertThat(redis.pttl("h:1")).isBetween(3_500_000L, 3_600_000L);
        assertThat(redis.pttl("s:1")).isBetween(3_500_000L, 3_600_000L);
        assertThat(redis.pttl("n:1")).isEqualTo(-1);
    }

    @Test
    void leavesColumnsAloneThatAnInsertDoesNotName() throws Exception {
        redis.hset("r:1", Map.of("name", "Ann", "total", "5", "foreign", "f"));
        table("id BIGINT, name STRING, total INT", "key_pattern=r:{id}&type=hash");

        tables.executeSql("INSERT INTO t (id, total) VALUES (CAST(1 AS BIGINT), 6)").await();

        assertThat(redis.hgetAll("r:1"))
                .isEqualTo(Map.of("id", "1", "name", "Ann", "total", "6", "foreign", "f"));
    }

    @Test
    void deletesTheOldKeyWhenAnUpdateMovesTheRow() throws Exception {
        table(
                "id BIGINT NOT NULL, region STRING, n INT, PRIMARY KEY (id) NOT ENFORCED",
                "key_pattern=r:{region}:{id}&type=hash");

        changesOf(
                ChangelogMode.all(),
                Row.ofKind(RowKind.INSERT, 1L, "eu", 1),
                Row.ofKind(RowKind.INSERT, 2L, "eu", 1),
                Row.ofKind(RowKind.UPDATE_BEFORE, 1L, "eu", 1),
                Row.ofKind(RowKind.UPDATE_AFTER, 1L, "us", 2),
                Row.ofKind(RowKind.UPDATE_BEFORE, 2L, "eu", 1),
                Row.ofKind(RowKind.UPDATE_AFTER, 2L, "eu", 2));

        assertThat(redis.keys("*")).containsExactlyInAnyOrder("r:us:1", "r:eu:2");
        assertThat(redis.hget("r:us:1", "n")).isEqualTo("2");
        assertThat(redis.hget("r:eu:2", "n")).isEqualTo("2");
    }

    @Test
    void writesIntoABackTickedUri() throws Exception {
        tables.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        tables.executeSql("USE CATALOG velo");

        tables.executeSql(
                        "INSERT INTO `"
                                + server.uri()
                                + "/2?key_pattern=results:{id}&columns=id BIGINT, total DOUBLE`"
                                + " SELECT CAST(5 AS BIGINT), 2.5")
                .await();

        assertThat(redis.get("results:5")).isEqualTo("{\"id\":5,\"total\":2.5}");
    }

    @Test
    void writesRowsThatHaveWaitedLongEnough() throws Exception {
        environment.disableOperatorChaining();
        tables.executeSql(
                "CREATE TEMPORARY TABLE slow (id BIGINT, n INT) WITH ('connector'='datagen',"
                        + " 'rows-per-second'='5', 'fields.id.kind'='sequence',"
                        + " 'fields.id.start'='1', 'fields.id.end'='1000000', 'fields.n.min'='3',"
                        + " 'fields.n.max'='3')");
        table("id BIGINT, n INT", "key_pattern=r:{id}&type=hash&batch_timeout=50ms");
        JobClient job =
                tables.executeSql("INSERT INTO t SELECT * FROM slow").getJobClient().orElseThrow();
        try {
            Eventually.within(
                    Duration.ofSeconds(60),
                    () -> assertThat(redis.hget("r:1", "n")).isEqualTo("3"));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void refusesNullInTheKey() {
        table("id BIGINT, a STRING, b STRING", "key_pattern=r:{id}&type=hash");

        assertThatThrownBy(() -> insert("(CAST(NULL AS BIGINT), 'VELOCANARY', 'b')"))
                .rootCause()
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("NULL in a column of the key template 'r:{id}'");
    }

    @Test
    void failsOnKeysOfAnotherType() {
        redis.set("r:1", "text");
        table("id BIGINT, a STRING, b STRING", "key_pattern=r:{id}&type=hash");

        assertThatThrownBy(() -> insert("(CAST(1 AS BIGINT), 'a', 'b')"))
                .rootCause()
                .hasMessageContaining("VELO-SCH-002");
        assertThatThrownBy(() -> insert("(CAST(1 AS BIGINT), 'a', CAST(NULL AS STRING))"))
                .rootCause()
                .hasMessageContaining("VELO-SCH-002");
        assertThat(redis.get("r:1")).isEqualTo("text");
    }

    private void table(String columns, String parameters) {
        tables.executeSql("DROP TEMPORARY TABLE IF EXISTS t");
        tables.executeSql(
                "CREATE TEMPORARY TABLE t ("
                        + columns
                        + ") WITH ('connector'='velo', 'uri'='"
                        + server.uri()
                        + "/2?"
                        + parameters
                        + "')");
    }

    private void insert(String values) throws Exception {
        tables.executeSql("INSERT INTO t VALUES " + values).await();
    }

    private void changes(Row... rows) throws Exception {
        changesOf(ChangelogMode.upsert(), rows);
    }

    /** Writes a changelog; the columns of its rows are those of the table. */
    private void changesOf(ChangelogMode mode, Row... rows) throws Exception {
        boolean three = rows[0].getArity() == 3;
        boolean text = three && rows[0].getField(1) instanceof String;
        DataStream<Row> stream =
                environment.fromCollection(
                        Arrays.asList(rows),
                        three
                                ? Types.ROW(Types.LONG, Types.STRING, Types.INT)
                                : Types.ROW(Types.LONG, Types.INT));
        Schema.Builder schema = Schema.newBuilder().column("f0", DataTypes.BIGINT().notNull());
        if (text) {
            schema.column("f1", DataTypes.STRING()).column("f2", DataTypes.INT());
        } else {
            schema.column("f1", DataTypes.INT());
        }
        tables.fromChangelogStream(stream, schema.primaryKey("f0").build(), mode)
                .executeInsert("t")
                .await();
    }
}
