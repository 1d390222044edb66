// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.args.Rawable;

class WriteBufferTest {

    private final WriteBuffer buffer = buffer(null);

    @Test
    void keepsTheLastRowOfAKey() {
        buffer.add(row(RowKind.INSERT, 1L, "eu", "Ann"), null);
        buffer.add(row(RowKind.UPDATE_AFTER, 1L, "eu", "Bea"), null);
        buffer.add(row(RowKind.INSERT, 2L, "eu", "Cem"), null);

        assertThat(buffer.size()).isEqualTo(2);
        assertThat(commands(buffer))
                .containsExactly(
                        "HSET user:1 id 1 region eu name Bea",
                        "HSET user:2 id 2 region eu name Cem");
    }

    @Test
    void removesTheFieldOfANullColumnTogetherWithTheWrite() {
        buffer.add(row(RowKind.INSERT, 1L, "eu", null), null);

        assertThat(commands(buffer))
                .containsExactly("MULTI", "HSET user:1 id 1 region eu", "HDEL user:1 name", "EXEC");
    }

    @Test
    void setsTheTimeToLiveTogetherWithTheWrite() {
        WriteBuffer withTtl = buffer(Duration.ofSeconds(90));

        withTtl.add(row(RowKind.INSERT, 1L, "eu", "Ann"), null);

        assertThat(commands(withTtl))
                .containsExactly(
                        "MULTI",
                        "HSET user:1 id 1 region eu name Ann",
                        "PEXPIRE user:1 90000",
                        "EXEC");
    }

    @Test
    void deletesTheKeyOfADeletedRow() {
        buffer.add(row(RowKind.INSERT, 1L, "eu", "Ann"), null);
        buffer.add(row(RowKind.DELETE, 1L, null, null), null);

        assertThat(commands(buffer)).containsExactly("DEL user:1");
    }

    @Test
    void leavesNothingOfADeletedRowToTheOneThatFollows() {
        buffer.add(row(RowKind.DELETE, 1L, "eu", "Ann"), null);
        buffer.add(row(RowKind.INSERT, 1L, "eu", "Bea"), null);
        buffer.add(row(RowKind.UPDATE_AFTER, 1L, "us", "Bea"), null);

        assertThat(commands(buffer))
                .containsExactly(
                        "MULTI", "DEL user:1", "HSET user:1 id 1 region us name Bea", "EXEC");
    }

    @Test
    void doesNotDeleteAKeyThatAnUpdateKeeps() {
        buffer.add(row(RowKind.UPDATE_BEFORE, 1L, "eu", "Ann"), null);
        buffer.add(row(RowKind.UPDATE_AFTER, 1L, "eu", "Bea"), null);

        assertThat(commands(buffer)).containsExactly("HSET user:1 id 1 region eu name Bea");
    }

    @Test
    void deletesTheOldKeyOfAnUpdateThatMovesTheRow() {
        buffer.add(row(RowKind.UPDATE_BEFORE, 1L, "eu", "Ann"), null);
        buffer.add(row(RowKind.UPDATE_AFTER, 2L, "eu", "Ann"), null);

        assertThat(commands(buffer))
                .containsExactly("DEL user:1", "HSET user:2 id 2 region eu name Ann");
    }

    @Test
    void countsTheBytesThatWaitAndForgetsThem() {
        buffer.add(row(RowKind.INSERT, 1L, "eu", "Ann"), null);
        long one = buffer.bytes();
        buffer.add(row(RowKind.UPDATE_AFTER, 1L, "eu", "Bea"), null);

        assertThat(one).isEqualTo("HSETuser:1id1regioneunameAnn".length());
        assertThat(buffer.bytes()).isEqualTo(one);
        buffer.clear();
        assertThat(buffer.bytes()).isZero();
        assertThat(buffer.size()).isZero();
    }

    @Test
    void refusesNullInAColumnOfTheKey() {
        assertThatThrownBy(() -> buffer.add(row(RowKind.INSERT, null, "eu", "Ann"), null))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("NULL in a column of the key template 'user:{id}'");
    }

    private static WriteBuffer buffer(Duration ttl) {
        WrittenTable sink =
                ((RedisTableSink)
                                Tables.users("redis://h?key_pattern=user:{id}&type=hash", "id")
                                        .sink())
                        .written();
        List<ValueColumn> columns = new ArrayList<>();
        for (int i = 0; i < sink.columns().getFieldCount(); i++) {
            columns.add(
                    new ValueColumn(
                            sink.columns().getFieldNames().get(i), sink.columns().getTypeAt(i), i));
        }
        return new WriteBuffer("t", sink.keys(), new HashEncoder(columns, ttl));
    }

    private static GenericRowData row(RowKind kind, Long id, String region, String name) {
        return GenericRowData.ofKind(
                kind, id, StringData.fromString(region), StringData.fromString(name));
    }

    private static List<String> commands(WriteBuffer buffer) {
        CommandBatch batch = buffer.batch();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            List<String> words = new ArrayList<>();
            for (Rawable argument : batch.command(i)) {
                words.add(new String(argument.getRaw(), StandardCharsets.UTF_8));
            }
            all.add(String.join(" ", words));
        }
        return all;
    }
}
