// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.VeloException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers in other formats than Native that are cut off, corrupt or lie about their length. */
class RowsDecoderTest {

    private static final List<String> TYPES =
            List.of(
                    "Int64",
                    "Nullable(String)",
                    "DateTime64(3, 'UTC')",
                    "Array(Nullable(UInt8))",
                    "Map(String, Decimal(9, 2))");

    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("a", DataTypes.BIGINT()),
                                    DataTypes.FIELD("b", DataTypes.STRING()),
                                    DataTypes.FIELD("c", DataTypes.TIMESTAMP_LTZ(3)),
                                    DataTypes.FIELD("d", DataTypes.ARRAY(DataTypes.SMALLINT())),
                                    DataTypes.FIELD(
                                            "e",
                                            DataTypes.MAP(
                                                    DataTypes.STRING(), DataTypes.DECIMAL(9, 2))))
                            .getLogicalType();

    private static final String JSON =
            "[\"a\", \"b\", \"c\", \"d\", \"e\"]\n"
                    + "[\"Int64\", \"Nullable(String)\", \"DateTime64(3, 'UTC')\","
                    + " \"Array(Nullable(UInt8))\", \"Map(String, Decimal(9, 2))\"]\n"
                    + "[1, \"x\\ty\", \"2026-01-02T03:04:05.006Z\", [7,null], {\"k\":1.5}]\n"
                    + "[\"-2\", null, \"1969-12-31T23:59:59.999Z\", [], {}]\n";

    private static final String TSV =
            "a\tb\tc\td\te\n"
                    + "Int64\tNullable(String)\tDateTime64(3, \\'UTC\\')\tArray(Nullable(UInt8))\t"
                    + "Map(String, Decimal(9, 2))\n"
                    + "1\tx\\ty\t2026-01-02T03:04:05.006Z\t[7,NULL]\t{'k':1.5}\n"
                    + "-2\t\\N\t1969-12-31T23:59:59.999Z\t[]\t{}\n";

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"ROWBINARY", "JSON", "TSV", "PARQUET", "ARROW"})
    void aWholeAnswerHasItsRows(WireFormat format) throws IOException {
        List<String> rows = read(format, answer(format));
        assertThat(rows)
                .containsExactly(
                        "1 x\ty 2026-01-02T03:04:05.006 2 7 1.50",
                        "-2 null 1969-12-31T23:59:59.999 0 - -");
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"ROWBINARY", "JSON", "TSV", "PARQUET", "ARROW"})
    void anAnswerCutOffAnywhereIsBrokenOrEndsAfterARow(WireFormat format) throws IOException {
        byte[] whole = answer(format);
        List<String> all = read(format, whole);
        int broken = 0;
        for (int length = 0; length < whole.length; length++) {
            try {
                List<String> rows = read(format, Arrays.copyOf(whole, length));
                assertThat(all.subList(0, rows.size())).isEqualTo(rows);
            } catch (VeloException refused) {
                assertThat(refused).hasMessageContaining("VELO-IO-006");
                broken++;
            }
        }
        assertThat(broken).isGreaterThan(whole.length / 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"ROWBINARY", "JSON", "TSV", "PARQUET", "ARROW"})
    void aCorruptByteIsReadOrRefusedButNeverAnythingElse(WireFormat format) throws IOException {
        byte[] whole = answer(format);
        for (int at = 0; at < whole.length; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0xFF, '"', '\\', '\'', '[', '{', '\t', '\n'}) {
                byte[] corrupt = whole.clone();
                corrupt[at] = (byte) value;
                try {
                    read(format, corrupt);
                } catch (VeloException refused) {
                    assertThat(refused).hasMessageStartingWith("VELO-");
                }
            }
        }
    }

    @Test
    void aPromisedLengthTakesNoMemory() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {1, 1, 'a', 6});
        bytes.writeBytes("String".getBytes(StandardCharsets.UTF_8));
        // A string of 1 GiB of which nothing comes.
        bytes.writeBytes(
                new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x04});
        assertThatThrownBy(() -> drain(WireFormat.ROWBINARY, bytes.toByteArray()))
                .hasMessageContaining("VELO-IO-006");
    }

    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"JSON", "TSV"})
    void textThatIsNoValueOfItsTypeIsRefused(WireFormat format) throws IOException {
        String whole = new String(answer(format), StandardCharsets.UTF_8);
        Map<String, String> wrong =
                Map.of(
                        "2026-01-02T03:04:05.006Z", "2026-01-02 03:04:05.006",
                        "1969-12-31T", "1969-13-31T",
                        "1.5", "1.5e9",
                        "[7,", "[256,");
        for (Map.Entry<String, String> change : wrong.entrySet()) {
            byte[] changed =
                    whole.replace(change.getKey(), change.getValue())
                            .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> read(format, changed))
                    .hasMessageContaining("VELO-IO-006")
                    .hasMessageContaining("type");
        }
    }

    private static byte[] answer(WireFormat format) {
        return switch (format) {
            case JSON -> JSON.getBytes(StandardCharsets.UTF_8);
            case TSV -> TSV.getBytes(StandardCharsets.UTF_8);
            default -> binary(format);
        };
    }

    private static byte[] binary(WireFormat format) {
        List<ColumnTarget> targets = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            targets.add(
                    new ColumnTarget(
                            // As a query names its columns; rows do not mind.
                            "velo" + i + ":" + TYPES.get(i),
                            TypeParser.parse(TYPES.get(i)),
                            ROW.getTypeAt(i),
                            i,
                            false));
        }
        NativeBlockWriter writer =
                NativeBlockWriter.of(
                        targets,
                        List.of(),
                        ZoneOffset.UTC,
                        Compression.NONE,
                        new BlockLayout(format, false, Set.of()));
        writer.append(
                GenericRowData.of(
                        1L,
                        StringData.fromString("x\ty"),
                        TimestampData.fromEpochMillis(1_767_323_045_006L),
                        new GenericArrayData(new Object[] {(short) 7, null}),
                        new GenericMapData(
                                Map.of(
                                        StringData.fromString("k"),
                                        org.apache.flink.table.data.DecimalData.fromUnscaledLong(
                                                150, 9, 2)))));
        writer.append(
                GenericRowData.of(
                        -2L,
                        null,
                        TimestampData.fromEpochMillis(-1),
                        new GenericArrayData(new Object[0]),
                        new GenericMapData(Map.of())));
        return writer.seal().toBytes();
    }

    private static void drain(WireFormat format, byte[] answer) throws IOException {
        RowsStream.of(format, new ByteArrayInputStream(answer)).readAllBytes();
    }

    private static List<String> read(WireFormat format, byte[] answer) throws IOException {
        NativeBlockReader reader =
                new NativeBlockReader(
                        RowsStream.of(format, new ByteArrayInputStream(answer)),
                        ROW.getFields(),
                        ZoneOffset.UTC);
        List<String> rows = new ArrayList<>();
        VectorizedColumnBatch batch;
        while ((batch = reader.next()) != null) {
            for (int row = 0; row < batch.getNumRows(); row++) {
                rows.add(text(new ColumnarRowData(batch, row)));
            }
        }
        return rows;
    }

    private static String text(ColumnarRowData row) {
        LogicalType time = ROW.getTypeAt(2);
        assertThat(time.isNullable()).isTrue();
        ArrayData array = row.getArray(3);
        ArrayData values = row.getMap(4).valueArray();
        return row.getLong(0)
                + " "
                + (row.isNullAt(1) ? null : row.getString(1))
                + " "
                + row.getTimestamp(2, 3)
                + " "
                + array.size()
                + " "
                + (array.size() == 0 ? "-" : "" + array.getShort(0))
                + " "
                + (values.size() == 0 ? "-" : values.getDecimal(0, 9, 2));
    }
}
