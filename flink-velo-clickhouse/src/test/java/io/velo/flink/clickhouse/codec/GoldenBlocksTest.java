// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.FlinkTypes;
import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.VeloException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks that a real server wrote, for every type: plain, NULL, empty and nested. */
class GoldenBlocksTest {

    private static final long SEED = 20260102;

    static Stream<Golden> blocks() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                GoldenBlocksTest.class.getResourceAsStream("/native-blocks.tsv"),
                                StandardCharsets.UTF_8))) {
            return lines
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(
                            parts ->
                                    new Golden(
                                            parts[0],
                                            Integer.parseInt(parts[1]),
                                            HexFormat.of().parseHex(parts[2])))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void whatIsReadIsWrittenAsTheServerWroteIt(Golden golden) throws IOException {
        Written written = rewrite(golden, golden.bytes());

        assertThat(written.rows()).isEqualTo(golden.rows());
        assertThat(HexFormat.of().formatHex(written.bytes()))
                .isEqualTo(HexFormat.of().formatHex(golden.bytes()));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockThatIsCutIsRefused(Golden golden) throws IOException {
        int end = new NativeEnds(golden.bytes()).lastBlock();
        for (int length = end + 1; length < golden.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(golden.bytes(), length);
            assertThatThrownBy(() -> rewrite(golden, cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("VELO-IO-006");
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockWithWrongBytesIsReadOrRefused(Golden golden) throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            byte[] wrong = golden.bytes().clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
            }
            try {
                rewrite(golden, wrong);
            } catch (VeloException refused) {
                assertThat(refused.getMessage()).startsWith("VELO-");
            }
        }
    }

    private static Written rewrite(Golden golden, byte[] bytes) throws IOException {
        ClickHouseType type = TypeParser.parse(golden.type());
        LogicalType flink = declared(type);
        NativeBlockReader reader =
                new NativeBlockReader(
                        new ByteArrayInputStream(bytes),
                        List.of(new RowType.RowField("v", flink)),
                        ZoneOffset.UTC);
        NativeBlockWriter writer =
                NativeBlockWriter.of(
                        List.of(new ColumnTarget("v", type, flink, 0, false)),
                        ZoneOffset.UTC,
                        Compression.NONE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rows = 0;
        VectorizedColumnBatch batch;
        while ((batch = reader.next()) != null) {
            for (int row = 0; row < batch.getNumRows(); row++) {
                RowData view = new ColumnarRowData(batch, row);
                writer.append(view);
            }
            rows += batch.getNumRows();
            SealedBlock block = writer.seal();
            out.write(block.toBytes());
        }
        return new Written(rows, out.toByteArray());
    }

    /** The discovered type, but times as numbers, because Flink's TIME does not hold them all. */
    private static LogicalType declared(ClickHouseType type) {
        return switch (type.kind()) {
            case TIME, TIME64 -> new BigIntType(type.nullable());
            case ARRAY -> new ArrayType(false, declared(type.element()));
            default -> FlinkTypes.of(type).orElseThrow().getLogicalType();
        };
    }

    private record Written(int rows, byte[] bytes) {}

    record Golden(String type, int rows, byte[] bytes) {
        @Override
        public String toString() {
            return type;
        }
    }

    /** Where the blocks of a stream of one column named v begin, found by that name. */
    private record NativeEnds(byte[] bytes) {
        int lastBlock() {
            int last = 0;
            for (int at = 1; at + 4 < bytes.length; at++) {
                boolean same = true;
                for (int i = 0; i < 5 && same; i++) {
                    same = i == 1 || bytes[at + i] == bytes[i];
                }
                last = same ? at : last;
            }
            return last;
        }
    }
}
