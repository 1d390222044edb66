// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.type.ClickHouseType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sharding keys as Velo and as the server evaluate them. */
class ShardingKeyITCase {

    private static final RowType ROW =
            RowType.of(
                    new LogicalType[] {
                        new TinyIntType(),
                        new SmallIntType(),
                        new IntType(),
                        new BigIntType(),
                        new SmallIntType(),
                        new BigIntType(),
                        new DecimalType(20, 0),
                        VarCharType.STRING_TYPE,
                        VarCharType.STRING_TYPE
                    },
                    new String[] {"i8", "i16", "i32", "i64", "u8", "u32", "u64", "s", "odd name"});

    private static TestTarget target;
    private static TableMeta table;
    private static List<List<String>> rows;

    @BeforeAll
    static void create() {
        target = TestTarget.create();
        target.sql(
                "CREATE TABLE t (i8 Int8, i16 Int16, i32 Int32, i64 Int64, u8 UInt8, u32 UInt32,"
                        + " u64 UInt64, s String, `odd name` LowCardinality(String), n Nullable(Int64),"
                        + " m Int64 MATERIALIZED i64) ENGINE = MergeTree ORDER BY i64");
        // Texts of all lengths up to 200, with all bytes of UTF-8 that a tab-separated text has.
        target.sql(
                "INSERT INTO t SELECT rand(1), rand(2), rand(3), rand64(4), rand(5), rand(6),"
                        + " rand64(7), repeat(concat(toString(rand(8)), 'äß€'), 13) AS long,"
                        + " toString(number % 20), NULL FROM numbers(400)");
        target.sql(
                "ALTER TABLE t UPDATE s = substringUTF8(s, 1, rand(9) % 160)"
                        + " WHERE 1 SETTINGS mutations_sync = 1");
        target.sql(
                "INSERT INTO t (i8, i16, i32, i64, u8, u32, u64, s) VALUES (0, 0, 0, 0, 0, 0, 0,"
                        + " ''), (-1, -1, -1, -1, 255, 4294967295, 18446744073709551615, 'a')");
        table =
                new TableMetaReader(target.transport(Compression.NONE))
                        .read(target.database(), "t");
        rows =
                target.sql(
                        "SELECT i8, i16, i32, i64, u8, u32, u64, s, `odd name` FROM t"
                                + " ORDER BY i64, s FORMAT TabSeparated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i8",
                "i32",
                "i64",
                "u32",
                "u64",
                "i8 % 3",
                "i16 % 300",
                "i64 % 65535",
                "modulo(u64, 7)",
                "(u32 % 5)",
                "intHash32(i8)",
                "intHash32(i64)",
                "intHash64(i32)",
                "intHash64(u64) % 11",
                "cityHash64(i8)",
                "cityHash64(i32)",
                "cityHash64(i64)",
                "cityHash64(s)",
                "cityHash64(`odd name`)",
                "cityHash64(i64, s)",
                "cityHash64(s, i16, u64) % 100",
                "sipHash64(i8)",
                "sipHash64(s)",
                "sipHash64(s, i32)",
                "xxHash64(s)",
                "xxHash64(i64)"
            })
    void aKeyHasTheValueThatTheServerGivesIt(String expression) {
        ShardingKey key = key(expression).orElseThrow();
        assertThat(rows).hasSize(402);
        List<List<String>> values =
                target.sql(
                        "SELECT toString("
                                + expression
                                + ") FROM t ORDER BY i64, s FORMAT TabSeparated");
        long mask = mask(type(expression));
        for (int i = 0; i < rows.size(); i++) {
            assertThat(key.of(row(rows.get(i))))
                    .as("%s of %s", expression, rows.get(i))
                    .isEqualTo(new BigInteger(values.get(i).get(0)).longValue() & mask);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s",
                "n",
                "cityHash64(n)",
                "cityHash64(m)",
                "toUInt64(i64)",
                "i64 + 1",
                "i64 % 100000",
                "xxHash64(i64, s)",
                "cityHash64(i64) % i8",
                "javaHash(s)",
                "(i64 % 3) + (i64 % 5)",
                "cityHash64(lower(s))"
            })
    void anExpressionThatVeloMightGetWrongIsNotEvaluated(String expression) {
        assertThat(key(expression)).isEmpty();
    }

    @Test
    void aRandomKeyGivesEveryRowToAnyShard() {
        assertThat(key("rand()").orElseThrow().random()).isTrue();
        assertThat(key("cityHash64(i64, s)").orElseThrow().columns()).containsExactly("i64", "s");
    }

    @Test
    void slotsFollowTheWeightsInTheOrderOfTheShards() {
        ShardSlots slots = new ShardSlots(List.of(2L, 0L, 3L));
        assertThat(List.of(0L, 1L, 2L, 4L, 5L, 6L, 7L).stream().map(slots::shard))
                .containsExactly(0, 0, 2, 2, 0, 0, 2);
        // 2^64 - 1 as an unsigned number; 2^64 is 1 more than a multiple of 5.
        assertThat(slots.shard(-1)).isEqualTo(0);
    }

    private static Optional<ShardingKey> key(String expression) {
        return ShardingKey.of(expression, type(expression), ROW, table);
    }

    private static ClickHouseType type(String expression) {
        return new TableMetaReader(target.transport(Compression.NONE))
                .describe(target.database(), "SELECT " + expression + " AS k FROM t")
                .columns()
                .get(0)
                .type();
    }

    private static long mask(ClickHouseType type) {
        return type.width() == 8 ? -1 : (1L << (type.width() * 8)) - 1;
    }

    private static GenericRowData row(List<String> values) {
        return GenericRowData.of(
                Byte.valueOf(values.get(0)),
                Short.valueOf(values.get(1)),
                Integer.valueOf(values.get(2)),
                Long.valueOf(values.get(3)),
                Short.valueOf(values.get(4)),
                Long.valueOf(values.get(5)),
                DecimalData.fromBigDecimal(new BigDecimal(values.get(6)), 20, 0),
                StringData.fromString(values.get(7)),
                StringData.fromString(values.get(8)));
    }
}
