// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.type.TypeParser;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server makes of a body in a column format. */
class ColumnFormatsITCase {

    /** More than the server reads at once by default, in rows and in bytes. */
    private static final int ROWS = 300_000;

    private final TestTarget target = TestTarget.create();

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"PARQUET", "ARROW"})
    void aLargeBodyIsOneBlockInItsOrderAndIsThereOnce(WireFormat format) {
        target.sql(
                "CREATE TABLE t (id Int64, v String, a Array(Nullable(Int64))) ENGINE = MergeTree"
                        + " ORDER BY tuple() SETTINGS non_replicated_deduplication_window = 100");
        SealedBlock block = block(format);
        Map<String, String> settings = new HashMap<>(format.insertSettings());
        settings.put("async_insert", "0");
        settings.put("max_insert_threads", "1");
        settings.put("insert_deduplicate", "1");
        settings.put("deduplicate_insert", "enable");
        settings.put("insert_deduplication_token", "token");
        String statement = "INSERT INTO t (id, v, a) FORMAT " + format.insertName();
        for (int attempt = 0; attempt < 2; attempt++) {
            target.transport(Compression.LZ4).insert(statement, block, settings).join();
        }
        assertThat(
                        target.sql(
                                "SELECT count(), uniqExact(_part), countIf(id != _part_offset),"
                                        + " countIf(v != concat('value ', toString(id))), countIf(a"
                                        + " != if(id % 3 = 0, [], [id, NULL])) FROM t"))
                .containsExactly(List.of("" + ROWS, "1", "0", "0", "0"));
    }

    private static SealedBlock block(WireFormat format) {
        NativeBlockWriter writer =
                NativeBlockWriter.of(
                        List.of(
                                target("id", "Int64", 0),
                                target("v", "String", 1),
                                target("a", "Array(Nullable(Int64))", 2)),
                        List.of(),
                        ZoneOffset.UTC,
                        Compression.LZ4,
                        new BlockLayout(format, false, Set.of()));
        for (long id = 0; id < ROWS; id++) {
            Object[] elements = id % 3 == 0 ? new Object[0] : new Object[] {id, null};
            writer.append(
                    GenericRowData.of(
                            id,
                            StringData.fromString("value " + id),
                            new GenericArrayData(elements)));
        }
        return writer.seal();
    }

    private static ColumnTarget target(String name, String type, int index) {
        return new ColumnTarget(
                name,
                TypeParser.parse(type),
                switch (index) {
                    case 0 -> new BigIntType();
                    case 1 -> VarCharType.STRING_TYPE;
                    default -> new ArrayType(new BigIntType());
                },
                index,
                false);
    }
}
