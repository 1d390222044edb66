// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class JsonConversionTest {

    private static final DataType NESTED =
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                    DataTypes.FIELD("name", DataTypes.STRING()),
                    DataTypes.FIELD("price", DataTypes.DECIMAL(10, 2)),
                    DataTypes.FIELD("bytes", DataTypes.BYTES()),
                    DataTypes.FIELD("tags", DataTypes.ARRAY(DataTypes.STRING())),
                    DataTypes.FIELD("counts", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())),
                    DataTypes.FIELD(
                            "inner", DataTypes.ROW(DataTypes.FIELD("x", DataTypes.BOOLEAN()))));

    private static GenericRowData full() {
        return GenericRowData.of(
                7L,
                StringData.fromString("quote \" and Zoë"),
                DecimalData.fromBigDecimal(new BigDecimal("1.50"), 10, 2),
                new byte[] {1, -1},
                new GenericArrayData(new Object[] {StringData.fromString("a"), null}),
                new GenericMapData(Map.of(StringData.fromString("k"), 5)),
                GenericRowData.of(true));
    }

    @Test
    void writesEveryKindOfValue() {
        assertThat(write(NESTED, full()))
                .isEqualTo(
                        "{\"id\":7,\"name\":\"quote \\\" and Zoë\",\"price\":1.50,\"bytes\":\"Af8=\","
                                + "\"tags\":[\"a\",null],\"counts\":{\"k\":5},\"inner\":{\"x\":true}}");
    }

    @Test
    void readsBackWhatItWrites() throws IOException {
        GenericRowData read = (GenericRowData) read(NESTED, write(NESTED, full()));

        assertThat(read.getField(3)).isEqualTo(new byte[] {1, -1});
        read.setField(3, null);
        GenericRowData expected = full();
        expected.setField(3, null);
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void writesAndReadsNull() throws IOException {
        GenericRowData empty = new GenericRowData(7);

        String json = write(NESTED, empty);

        assertThat(json).startsWith("{\"id\":null,\"name\":null");
        assertThat(read(NESTED, json)).isEqualTo(empty);
        assertThat(read(NESTED, "{}")).isEqualTo(empty);
    }

    @Test
    void takesScalarsQuotedOrBareAndSkipsWhatNobodyAskedFor() throws IOException {
        DataType type =
                DataTypes.ROW(
                        DataTypes.FIELD("n", DataTypes.INT()),
                        DataTypes.FIELD("s", DataTypes.STRING()));

        assertThat(read(type, "{\"other\":{\"n\":[1,{}]},\"n\":\"5\",\"s\":6}"))
                .isEqualTo(GenericRowData.of(5, StringData.fromString("6")));
    }

    @Test
    void givesAStringColumnTheJsonTextOfAnObject() throws IOException {
        DataType type = DataTypes.ROW(DataTypes.FIELD("s", DataTypes.STRING()));

        assertThat(read(type, "{\"s\":{\"a\":[1, 2]}}"))
                .isEqualTo(GenericRowData.of(StringData.fromString("{\"a\":[1,2]}")));
    }

    @Test
    void refusesValuesOfAnotherType() {
        assertThatThrownBy(() -> read(DataTypes.ARRAY(DataTypes.INT()), "{\"a\":1}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(DataTypes.INT(), "[1]"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(DataTypes.INT(), "1.5"))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void hasNoFormForMapsWithoutTextKeys() {
        var type = DataTypes.MAP(DataTypes.INT(), DataTypes.INT()).getLogicalType();

        assertThat(JsonReaders.of(type)).isEmpty();
        assertThat(JsonWriters.of(type)).isEmpty();
    }

    private static String write(DataType type, GenericRowData row) {
        RowType rowType = (RowType) type.getLogicalType();
        int[] all = {0, 1, 2, 3, 4, 5, 6};
        JsonWriter writer = JsonWriters.object(rowType, all).orElseThrow();
        return new String(JsonText.of(writer).write(row, 0), StandardCharsets.UTF_8);
    }

    private static Object read(DataType type, String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return JsonReaders.of(type.getLogicalType()).orElseThrow().read(parser);
        }
    }
}
