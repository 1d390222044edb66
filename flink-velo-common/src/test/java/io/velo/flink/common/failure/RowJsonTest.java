// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class RowJsonTest {

    @Test
    void writesEveryScalar() {
        RowData row =
                GenericRowData.of(
                        true,
                        (byte) 1,
                        2L,
                        1.5f,
                        Double.NaN,
                        DecimalData.fromBigDecimal(new BigDecimal("12.30"), 10, 2),
                        StringData.fromString("a\"\\\n\u0001é\uD83D\uDE00"),
                        new byte[] {1, 2, 3},
                        19_000,
                        3_600_001,
                        TimestampData.fromLocalDateTime(LocalDateTime.of(2026, 1, 2, 3, 4)),
                        TimestampData.fromEpochMillis(1500),
                        null);

        assertThat(
                        json(
                                row,
                                DataTypes.BOOLEAN(),
                                DataTypes.TINYINT(),
                                DataTypes.BIGINT(),
                                DataTypes.FLOAT(),
                                DataTypes.DOUBLE(),
                                DataTypes.DECIMAL(10, 2),
                                DataTypes.STRING(),
                                DataTypes.BYTES(),
                                DataTypes.DATE(),
                                DataTypes.TIME(3),
                                DataTypes.TIMESTAMP(3),
                                DataTypes.TIMESTAMP_LTZ(3),
                                DataTypes.INT()))
                .isEqualTo(
                        "{\"f0\":true,\"f1\":1,\"f2\":2,\"f3\":1.5,\"f4\":\"NaN\",\"f5\":12.30,"
                                + "\"f6\":\"a\\\"\\\\\\n\\u0001é\uD83D\uDE00\",\"f7\":\"AQID\","
                                + "\"f8\":\"2022-01-08\",\"f9\":\"01:00:00.001\","
                                + "\"f10\":\"2026-01-02T03:04:00\","
                                + "\"f11\":\"1970-01-01T00:00:01.5Z\",\"f12\":null}");
    }

    @Test
    void writesNestedValues() {
        Map<StringData, Integer> map = new LinkedHashMap<>();
        map.put(StringData.fromString("k"), 1);
        RowData row =
                GenericRowData.of(
                        new GenericArrayData(new Integer[] {1, null}),
                        new GenericMapData(map),
                        GenericRowData.of(StringData.fromString("x")));

        assertThat(
                        json(
                                row,
                                DataTypes.ARRAY(DataTypes.INT()),
                                DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()),
                                DataTypes.ROW(DataTypes.FIELD("s", DataTypes.STRING()))))
                .isEqualTo("{\"f0\":[1,null],\"f1\":{\"k\":1},\"f2\":{\"s\":\"x\"}}");
    }

    @Test
    void escapesHalfAPair() {
        // UTF-8 has no form for it, and a quotation mark must not follow it unescaped.
        assertThat(JsonText.object(Map.of("a", "\uD83Dx"))).isEqualTo("{\"a\":\"\\ud83dx\"}");
    }

    private static String json(RowData row, DataType... types) {
        DataTypes.Field[] fields = new DataTypes.Field[types.length];
        for (int i = 0; i < types.length; i++) {
            fields[i] = DataTypes.FIELD("f" + i, types[i]);
        }
        RowType type = (RowType) DataTypes.ROW(fields).getLogicalType();
        return new String(new RowJson(type).bytes(row), StandardCharsets.UTF_8);
    }
}
