// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.http.Answer;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeParser;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scalar type through the real server, both ways; the server itself prints the values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypeRoundTripITCase {

    private static final List<WireFormat> OTHERS =
            List.of(
                    WireFormat.ROWBINARY,
                    WireFormat.JSON,
                    WireFormat.TSV,
                    WireFormat.PARQUET,
                    WireFormat.ARROW);

    private TestTarget target;

    @BeforeAll
    void createDatabase() {
        target = TestTarget.create();
    }

    static Stream<TypeCase> cases() {
        return TypeCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theServerReadsWhatTheWriterEncodes(TypeCase typeCase) {
        createTable(typeCase);
        for (Compression compression : compressions(typeCase)) {
            target.sql("TRUNCATE TABLE t");
            write(typeCase, compression);
            requirePrinted(typeCase);
        }
    }

    private void requirePrinted(TypeCase typeCase) {
        List<List<String>> printed =
                target.sql("SELECT v IS NULL, hex(toString(v)) FROM t ORDER BY id");
        assertThat(printed).hasSameSizeAs(typeCase.values());
        for (int i = 0; i < printed.size(); i++) {
            TypeCase.Value value = typeCase.values().get(i);
            assertThat(printed.get(i).get(0)).isEqualTo(value.internal() == null ? "1" : "0");
            if (value.printed() != null) {
                assertThat(unhex(printed.get(i).get(1))).isEqualTo(value.printed());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void otherFormatsCarryTheSameValues(TypeCase typeCase) throws Exception {
        createTable(typeCase);
        Compression compression = compressions(typeCase).get(1);
        for (WireFormat format : OTHERS) {
            target.sql("TRUNCATE TABLE t");
            BlockLayout layout = new BlockLayout(format, false, Set.of());
            if (refused(typeCase, format)) {
                assertThatThrownBy(() -> write(typeCase, compression, layout))
                        .hasMessageContaining("Column 'v'")
                        .hasMessageContaining("Use format=native");
                write(typeCase, compression);
            } else {
                write(typeCase, compression, layout);
            }
            requirePrinted(typeCase);
            assertThat(read(typeCase, compression, format))
                    .as(format.name())
                    .containsExactlyElementsOf(values(typeCase));
        }
    }

    private static boolean refused(TypeCase typeCase, WireFormat format) {
        return switch (format) {
            case PARQUET -> typeCase.clickHouse().matches("(QBit|Variant|Dynamic).*");
            case ARROW -> typeCase.clickHouse().matches("(Variant|Dynamic).*");
            default -> false;
        };
    }

    /** Where the statement converts, as the commit marker's does, blocks hold plain texts. */
    @ParameterizedTest
    @MethodSource("cases")
    void otherFormatsGoThroughAStatementThatConverts(TypeCase typeCase) {
        createTable(typeCase);
        int turn = Math.floorMod(typeCase.toString().hashCode(), OTHERS.size());
        WireFormat format = OTHERS.get(turn);
        write(typeCase, Compression.LZ4, new BlockLayout(format, true, Set.of()));
        requirePrinted(typeCase);
    }

    private static List<Object> values(TypeCase typeCase) {
        return typeCase.values().stream()
                .map(
                        value ->
                                NestedValues.comparable(
                                        value.internal(), typeCase.flink().getLogicalType()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReaderDecodesWhatTheServerStores(TypeCase typeCase) throws Exception {
        createTable(typeCase);
        store(typeCase);
        for (Compression compression : compressions(typeCase)) {
            assertThat(read(typeCase, compression)).containsExactlyElementsOf(values(typeCase));
        }
    }

    /** Plain, and one of the others in turns. */
    private static List<Compression> compressions(TypeCase typeCase) {
        List<Compression> packed = List.of(Compression.LZ4, Compression.ZSTD, Compression.GZIP);
        int turn = Math.floorMod(typeCase.toString().hashCode(), packed.size());
        return List.of(Compression.NONE, packed.get(turn));
    }

    private void createTable(TypeCase typeCase) {
        target.sql("DROP TABLE IF EXISTS t");
        target.sql(
                "CREATE TABLE t (id Int32, v "
                        + typeCase.clickHouse()
                        + ") ENGINE = MergeTree ORDER BY id SETTINGS allow_nullable_key = 1");
    }

    private void write(TypeCase typeCase, Compression compression) {
        write(typeCase, compression, BlockLayout.NATIVE);
    }

    private void write(TypeCase typeCase, Compression compression, BlockLayout layout) {
        ClickHouseType type = TypeParser.parse(typeCase.clickHouse());
        LogicalType flink = typeCase.flink().getLogicalType();
        NativeBlockWriter writer =
                NativeBlockWriter.of(
                        List.of(
                                new ColumnTarget(
                                        "id", TypeParser.parse("Int32"), new IntType(), 0, false),
                                new ColumnTarget("v", type, flink, 1, false)),
                        List.of(),
                        ZoneOffset.UTC,
                        compression,
                        layout);
        int id = 0;
        for (TypeCase.Value value : typeCase.values()) {
            writer.append(GenericRowData.of(id++, value.internal()));
        }
        int rows = writer.rows();
        Map<String, String> settings = new HashMap<>(layout.format().insertSettings());
        settings.put("async_insert", "0");
        long written =
                target.transport(compression)
                        .insert(statement(type, layout), writer.seal(), settings)
                        .join();
        assertThat(written).isEqualTo(rows);
    }

    private static String statement(ClickHouseType type, BlockLayout layout) {
        boolean through = layout.converted() && layout.format() != WireFormat.NATIVE;
        String structure = "id Int32, v " + type.headerText();
        return "INSERT INTO t (id, v) "
                + (through ? "SELECT id, v FROM input(" + Sql.text(structure) + ") " : "")
                + "FORMAT "
                + layout.formatName();
    }

    /** Lets the server make the values out of their texts; those without one come by the writer. */
    private void store(TypeCase typeCase) {
        boolean printable =
                typeCase.values().stream()
                        .allMatch(v -> v.printed() != null || v.internal() == null);
        if (!printable || typeCase.clickHouse().matches("(Interval|Map).*")) {
            write(typeCase, Compression.NONE);
            return;
        }
        int id = 0;
        for (TypeCase.Value value : typeCase.values()) {
            String text =
                    value.printed() == null
                            ? "NULL"
                            : "CAST(unhex('"
                                    + hex(value.printed())
                                    + "'), '"
                                    + typeCase.clickHouse()
                                            .replace("\\", "\\\\")
                                            .replace("'", "\\'")
                                    + "')";
            target.sql("INSERT INTO t SELECT " + id++ + ", " + text);
        }
    }

    private List<Object> read(TypeCase typeCase, Compression compression) throws Exception {
        return read(typeCase, compression, WireFormat.NATIVE);
    }

    private List<Object> read(TypeCase typeCase, Compression compression, WireFormat format)
            throws Exception {
        ClickHouseType type = TypeParser.parse(typeCase.clickHouse());
        LogicalType flink = typeCase.flink().getLogicalType();
        String column = CarriedTypes.selected(format, "v", type, flink, 0);
        HttpTransport transport = target.transport(compression);
        List<Object> values = new ArrayList<>();
        try (Answer answer =
                transport.query(
                        "SELECT " + column + " FROM t ORDER BY id FORMAT " + format.answerName(),
                        format.answerSettings())) {
            NativeBlockReader reader =
                    new NativeBlockReader(
                            answer.blocks(format),
                            List.of(new RowType.RowField("v", flink)),
                            ZoneOffset.UTC);
            RowData.FieldGetter getter = RowData.createFieldGetter(flink, 0);
            VectorizedColumnBatch batch;
            while ((batch = reader.next()) != null) {
                for (int row = 0; row < batch.getNumRows(); row++) {
                    values.add(
                            NestedValues.comparable(
                                    getter.getFieldOrNull(new ColumnarRowData(batch, row)), flink));
                }
            }
            answer.finish();
        }
        return values;
    }

    private static String hex(String text) {
        return java.util.HexFormat.of()
                .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String unhex(String hex) {
        return new String(
                java.util.HexFormat.of().parseHex(hex.toLowerCase(java.util.Locale.ROOT)),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
