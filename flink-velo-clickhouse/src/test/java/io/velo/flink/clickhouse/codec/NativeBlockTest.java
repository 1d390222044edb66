// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.type.TypeParser;
import io.velo.flink.common.error.VeloException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks as bytes; the golden ones were written by ClickHouse 26.7 itself. */
class NativeBlockTest {

    /** SELECT * FROM values('n UInt8, s Nullable(String), i Int64', (7, 'é', 1), (9, NULL, -1)). */
    private static final String GOLDEN =
            "0302"
                    + "016e"
                    + "0555496e7438"
                    + "0709"
                    + "0173"
                    + "104e756c6c61626c6528537472696e6729"
                    + "0001"
                    + "02c3a9"
                    + "00"
                    + "0169"
                    + "05496e743634"
                    + "0100000000000000"
                    + "ffffffffffffffff";

    private static final VarCharType TEXT = new VarCharType(VarCharType.MAX_LENGTH);

    @Test
    void aBlockIsByteForByteWhatTheServerWrites() {
        NativeBlockWriter writer = writer(Compression.NONE);
        writer.append(GenericRowData.of(7, StringData.fromString("é"), 1L));
        writer.append(GenericRowData.of(9, null, -1L));
        assertThat(writer.rows()).isEqualTo(2);
        SealedBlock block = writer.seal();
        assertThat(HexFormat.of().formatHex(block.toBytes())).isEqualTo(GOLDEN);
        assertThat(block.rows()).isEqualTo(2);
        assertThat(writer.rows()).isZero();
    }

    @Test
    void aBlockThatWasTakenKeepsItsBytesWhileTheNextOneIsBuilt() {
        for (Compression compression : Compression.values()) {
            NativeBlockWriter writer = writer(compression);
            fill(writer, 200_000);
            NativeBlock taken = writer.take();
            assertThat(taken.rows()).isEqualTo(200_000);
            assertThat(writer.bytes()).isZero();
            fill(writer, 100);
            assertThat(taken.pack().toBytes())
                    .as("%s", compression)
                    .isEqualTo(block(compression, 200_000));
            assertThat(writer.seal().toBytes()).isEqualTo(block(compression, 100));
        }
    }

    @Test
    void theServersBytesAreReadBack() throws Exception {
        VectorizedColumnBatch batch = reader(HexFormat.of().parseHex(GOLDEN)).next();
        assertThat(batch.getNumRows()).isEqualTo(2);
        assertThat(batch.getShort(0, 0)).isEqualTo((short) 7);
        assertThat(new String(batch.getByteArray(0, 1).getBytes(), "UTF-8")).isEqualTo("é");
        assertThat(batch.isNullAt(1, 1)).isTrue();
        assertThat(batch.getLong(1, 2)).isEqualTo(-1L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 300, 20_000, 1 << 20})
    void textsOfAnyLengthAreReadHoweverTheyArrive(int most) throws Exception {
        int[] lengths = {0, 1, 5, 126, 127, 128, 129, 300, 16_383, 16_384, 140_000};
        int rows = 6 * lengths.length;
        NativeBlockWriter writer = writer(Compression.NONE);
        for (int i = 0; i < rows; i++) {
            String text = Integer.toString(i % 10).repeat(lengths[i % lengths.length]);
            writer.append(GenericRowData.of(i % 256, StringData.fromString(text), (long) i));
        }
        Random random = new Random(most);
        InputStream pieces =
                new FilterInputStream(new ByteArrayInputStream(writer.seal().toBytes())) {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        return in.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
                    }
                };
        VectorizedColumnBatch batch =
                new NativeBlockReader(pieces, fields(), ZoneOffset.UTC).next();
        assertThat(batch.getNumRows()).isEqualTo(rows);
        for (int i = 0; i < rows; i++) {
            assertThat(batch.getByteArray(i, 1).getBytes())
                    .isEqualTo(
                            Integer.toString(i % 10)
                                    .repeat(lengths[i % lengths.length])
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(batch.getLong(i, 2)).isEqualTo(i);
        }
    }

    @Test
    void aRefusedRowLeavesTheBlockAsItWas() {
        NativeBlockWriter writer = writer(Compression.NONE);
        writer.append(GenericRowData.of(7, StringData.fromString("é"), 1L));
        assertThatThrownBy(() -> writer.append(GenericRowData.of(256, null, 1L)))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("column 'n' of type UInt8")
                .hasMessageContaining("0 to 255");
        assertThatThrownBy(() -> writer.append(GenericRowData.of(1, null, null)))
                .hasMessageContaining("does not take NULL");
        writer.append(GenericRowData.of(9, null, -1L));
        SealedBlock block = writer.seal();
        assertThat(HexFormat.of().formatHex(block.toBytes())).isEqualTo(GOLDEN);
    }

    @Test
    void aDeleteMayCarryItsKeyOnly() {
        NativeBlockWriter writer =
                NativeBlockWriter.of(
                        List.of(
                                target("k", "Int32", new IntType(), 0, true),
                                target("v", "Int32", new IntType(), 1, false)),
                        List.of(
                                new GeneratedColumn(
                                        "gone",
                                        TypeParser.parse("UInt8"),
                                        row -> row.getRowKind() == RowKind.DELETE ? 1 : 0)),
                        ZoneOffset.UTC,
                        Compression.NONE);
        writer.append(GenericRowData.ofKind(RowKind.DELETE, 5, null));
        assertThatThrownBy(() -> writer.append(GenericRowData.ofKind(RowKind.INSERT, 5, null)))
                .isInstanceOf(VeloException.class);
        assertThatThrownBy(() -> writer.append(GenericRowData.ofKind(RowKind.DELETE, null, 1)))
                .isInstanceOf(VeloException.class);
        SealedBlock block = writer.seal();
        assertThat(block.rows()).isEqualTo(1);
        assertThat(block.toBytes()[block.length() - 1]).isEqualTo((byte) 1);
    }

    @Test
    void everyTruncationIsAnErrorAndNeverAnEnd() throws Exception {
        for (Compression compression :
                List.of(Compression.LZ4, Compression.GZIP, Compression.NONE)) {
            byte[] whole = block(compression, 300);
            for (int length = 1; length < whole.length; length += 1 + length / 40) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> readAll(part, compression))
                        .as("%s cut to %d bytes", compression, part.length)
                        .isInstanceOf(VeloException.class)
                        .hasMessageContaining("VELO-IO-006");
            }
            assertThat(readAll(whole, compression)).isEqualTo(300);
        }
    }

    @Test
    void anyFlippedByteOfACompressedAnswerIsFound() {
        byte[] whole = block(Compression.LZ4, 300);
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            byte[] corrupt = whole.clone();
            corrupt[random.nextInt(corrupt.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> readAll(corrupt, Compression.LZ4))
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("VELO-IO-006");
        }
    }

    @Test
    void garbageNeverHangsNorTakesMemory() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] garbage = new byte[1 + random.nextInt(200)];
            random.nextBytes(garbage);
            garbage[0] = 3;
            try {
                readAll(garbage, Compression.NONE);
            } catch (VeloException | IOException expected) {
                assertThat(expected).isInstanceOf(VeloException.class);
            }
        }
        // A header that promises 16 million rows of 2^60 bytes and then ends.
        byte[] promise = HexFormat.of().parseHex("01ffffff07016e06537472696e67ffffffffffffffff0f");
        NativeBlockReader reader =
                new NativeBlockReader(
                        new ByteArrayInputStream(promise),
                        List.of(new RowType.RowField("n", TEXT)),
                        ZoneOffset.UTC);
        assertThatThrownBy(reader::next).hasMessageContaining("VELO-IO-006");
    }

    @Test
    void nullInAColumnDeclaredNotNullIsRefused() {
        NativeBlockReader reader =
                new NativeBlockReader(
                        new ByteArrayInputStream(HexFormat.of().parseHex(GOLDEN)),
                        List.of(
                                new RowType.RowField("n", new IntType()),
                                new RowType.RowField("s", TEXT.copy(false)),
                                new RowType.RowField("i", new BigIntType())),
                        ZoneOffset.UTC);
        assertThatThrownBy(reader::next)
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("a row holds NULL");
    }

    @Test
    void aDictionaryIsNotMistakenForPlainValues() {
        byte[] block =
                HexFormat.of().parseHex("0101016a164c6f7743617264696e616c69747928537472696e6729");
        NativeBlockReader reader =
                new NativeBlockReader(
                        new ByteArrayInputStream(block),
                        List.of(new RowType.RowField("j", TEXT)),
                        ZoneOffset.UTC);
        assertThatThrownBy(reader::next).hasMessageContaining("VELO-IO-006");
    }

    private static byte[] block(Compression compression, int rows) {
        NativeBlockWriter writer = writer(compression);
        fill(writer, rows);
        return writer.seal().toBytes();
    }

    private static void fill(NativeBlockWriter writer, int rows) {
        for (int i = 0; i < rows; i++) {
            StringData text = i % 7 == 0 ? null : StringData.fromString("row " + i);
            writer.append(GenericRowData.of(i % 256, text, (long) i));
        }
    }

    private static int readAll(byte[] bytes, Compression compression) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        NativeBlockReader reader =
                new NativeBlockReader(
                        switch (compression) {
                            case LZ4 -> new Lz4FrameStream(in);
                            case GZIP -> new EncodedStream(in, "gzip");
                            default -> in;
                        },
                        fields(),
                        ZoneOffset.UTC);
        int rows = 0;
        VectorizedColumnBatch batch;
        while ((batch = reader.next()) != null) {
            rows += batch.getNumRows();
        }
        return rows;
    }

    private static NativeBlockReader reader(byte[] bytes) {
        return new NativeBlockReader(new ByteArrayInputStream(bytes), fields(), ZoneOffset.UTC);
    }

    private static List<RowType.RowField> fields() {
        return List.of(
                new RowType.RowField("n", new IntType()),
                new RowType.RowField("s", TEXT),
                new RowType.RowField("i", new BigIntType()));
    }

    private static NativeBlockWriter writer(Compression compression) {
        return NativeBlockWriter.of(
                List.of(
                        target("n", "UInt8", new IntType(), 0, false),
                        target("s", "Nullable(String)", TEXT, 1, false),
                        target("i", "Int64", new BigIntType(), 2, false)),
                ZoneOffset.UTC,
                compression);
    }

    private static ColumnTarget target(
            String name, String type, LogicalType flink, int index, boolean key) {
        return new ColumnTarget(name, TypeParser.parse(type), flink, index, key);
    }
}
