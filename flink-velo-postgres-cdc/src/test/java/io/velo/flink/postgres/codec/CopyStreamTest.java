// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.sql.Identifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

class CopyStreamTest {

    /** {@code COPY (VALUES (1::int8, 'é'::text), (-2, NULL)) TO STDOUT (FORMAT binary)}. */
    private static final byte[] GOLDEN =
            HexFormat.of()
                    .parseHex(
                            "5047434f50590aff0d0a00"
                                    + "00000000"
                                    + "00000000"
                                    + "0002"
                                    + "00000008"
                                    + "0000000000000001"
                                    + "00000002"
                                    + "c3a9"
                                    + "0002"
                                    + "00000008"
                                    + "fffffffffffffffe"
                                    + "ffffffff"
                                    + "ffff");

    private static final List<RowData> ROWS =
            List.of(
                    GenericRowData.of(1L, StringData.fromString("é")),
                    GenericRowData.of(-2L, null));

    private static final List<ColumnMapping> COLUMNS =
            List.of(
                    ColumnMapping.of(
                            Identifier.of("a"),
                            PostgresType.builtIn(Oids.INT8, "int8"),
                            DataTypes.BIGINT().getLogicalType()),
                    ColumnMapping.of(
                            Identifier.of("b"),
                            PostgresType.TEXT,
                            DataTypes.STRING().getLogicalType()));

    private static List<RowData> read(CopyStream stream, byte[]... messages) {
        TupleDecoder decoder = new TupleDecoder(COLUMNS, SpecialValues.FAIL);
        List<RowData> rows = new ArrayList<>();
        for (byte[] message : messages) {
            stream.feed(message);
            while (stream.next()) {
                rows.add(decoder.decode(stream.tuple(), stream.start()));
            }
        }
        return rows;
    }

    @Test
    void readsWhatTheServerSendsWhereverItIsCut() {
        for (int first = 0; first <= GOLDEN.length; first++) {
            for (int second = first; second <= GOLDEN.length; second++) {
                CopyStream stream = new CopyStream(2);

                List<RowData> rows =
                        read(
                                stream,
                                Arrays.copyOfRange(GOLDEN, 0, first),
                                Arrays.copyOfRange(GOLDEN, first, second),
                                Arrays.copyOfRange(GOLDEN, second, GOLDEN.length));

                assertThat(rows).as("cut at %d and %d", first, second).isEqualTo(ROWS);
                assertThat(stream.ended()).isTrue();
            }
        }
    }

    @Test
    void knowsThatTheDataIsNotCompleteWithoutItsEndMark() {
        CopyStream stream = new CopyStream(2);

        read(stream, Arrays.copyOf(GOLDEN, GOLDEN.length - 2));

        assertThat(stream.ended()).isFalse();
    }

    @Test
    void refusesDamagedBytesWithOneKindOfError() {
        Random random = new Random(4711);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = GOLDEN.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            byte[] cut = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            try {
                read(new CopyStream(2), cut);
            } catch (VeloException e) {
                assertThat(e).hasMessageStartingWith("VELO-IO-006");
            }
        }
    }

    @Test
    void refusesAnotherNumberOfFieldsAndImpossibleLengthsBeforeTakingMemory() {
        assertThatThrownBy(() -> read(new CopyStream(3), GOLDEN))
                .hasMessageContaining("2 fields instead of 3");
        byte[] huge = GOLDEN.clone();
        huge[21] = 0x7f;
        assertThatThrownBy(() -> read(new CopyStream(2), huge))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-IO-006");
        byte[] negative = GOLDEN.clone();
        negative[21] = (byte) 0xff;
        assertThatThrownBy(() -> read(new CopyStream(2), negative))
                .hasMessageContaining("VELO-IO-006");
    }

    @Test
    void refusesDataBehindTheEndMark() {
        byte[] longer = Arrays.copyOf(GOLDEN, GOLDEN.length + 1);
        assertThatThrownBy(() -> read(new CopyStream(2), longer))
                .hasMessageContaining("data follows the end mark");
        assertThatThrownBy(() -> read(new CopyStream(2), GOLDEN, new byte[] {1}))
                .hasMessageContaining("data follows the end mark");
    }

    @Test
    void refusesANullInAColumnThatIsDeclaredNotNull() {
        List<ColumnMapping> columns =
                List.of(
                        COLUMNS.get(0),
                        ColumnMapping.of(
                                Identifier.of("b"),
                                PostgresType.TEXT,
                                DataTypes.STRING().notNull().getLogicalType()));
        TupleDecoder decoder = new TupleDecoder(columns, SpecialValues.FAIL);
        CopyStream stream = new CopyStream(2);
        stream.feed(GOLDEN);
        stream.next();
        decoder.decode(stream.tuple(), stream.start());
        stream.next();

        assertThatThrownBy(() -> decoder.decode(stream.tuple(), stream.start()))
                .hasMessageContaining("VELO-SCH-005")
                .hasMessageContaining("'b' is declared STRING NOT NULL");
    }
}
