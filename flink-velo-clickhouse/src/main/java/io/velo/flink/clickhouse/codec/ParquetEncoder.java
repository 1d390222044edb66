// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * A block as a Parquet file: one row group, one page per column, values as they are. The server
 * needs the whole file before it reads a row, so smaller groups would gain nothing.
 */
final class ParquetEncoder implements BlockEncoder {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT_VERSION = 2;

    private final List<Column> columns;

    ParquetEncoder(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    @Override
    public long encode(List<ColumnBytes> block, int rows, Body body) {
        ParquetSchema schema = new ParquetSchema(columns.size());
        ParquetChunks chunks = new ParquetChunks(body, MAGIC.length);
        body.append(MAGIC, 0, MAGIC.length);
        ParquetPlaces top = ParquetPlaces.ofRows(rows);
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            put(new Spot(List.of(name), 0, 0), block.get(i), top, schema, chunks);
        }
        RowGroup group = new RowGroup(chunks.metadata(), chunks.position() - MAGIC.length, rows);
        FileMetaData file =
                new FileMetaData(FORMAT_VERSION, schema.elements(), rows, List.of(group));
        file.setCreated_by("Velo");
        byte[] footer = ParquetMetadata.bytes(file);
        body.append(footer, 0, footer.length);
        WireBuffer end = new WireBuffer(Long.BYTES);
        end.putInt(footer.length);
        end.putBytes(MAGIC, 0, MAGIC.length);
        body.append(end.bytes(), 0, end.length());
        return chunks.position() + footer.length + end.length();
    }

    /**
     * Where a column is.
     *
     * @param path the names that lead to it
     * @param repetition the level of elements of the innermost list around it
     * @param definition the level of a value that is there
     */
    private record Spot(List<String> path, int repetition, int definition) {

        String name() {
            return path.get(path.size() - 1);
        }

        Spot within(List<String> names, int repeated, int defined) {
            List<String> longer = new ArrayList<>(path);
            longer.addAll(names);
            return new Spot(longer, repetition + repeated, definition + defined);
        }
    }

    private void put(
            Spot at,
            ColumnBytes column,
            ParquetPlaces places,
            ParquetSchema schema,
            ParquetChunks chunks) {
        boolean optional = column.nulls() != null;
        Spot spot = optional ? at.within(List.of(), 0, 1) : at;
        ParquetPlaces here =
                optional ? places.withoutNulls(column.nulls().array(), spot.definition()) : places;
        FieldRepetitionType repetition =
                optional ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED;
        ColumnBytes[] parts = column.parts();
        switch (column.type().kind()) {
            case ARRAY, VECTOR -> {
                schema.list(spot.name());
                Spot element = spot.within(List.of("list", "element"), 1, 1);
                put(element, parts[0], elements(column, here, element), schema, chunks);
            }
            case MAP -> {
                schema.map(spot.name());
                Spot key = spot.within(List.of("key_value", "key"), 1, 1);
                ParquetPlaces entries = elements(column, here, key);
                put(key, parts[0], entries, schema, chunks);
                Spot value = spot.within(List.of("key_value", "value"), 1, 1);
                put(value, parts[1], entries, schema, chunks);
            }
            case TUPLE -> {
                schema.group(spot.name(), repetition, parts.length);
                for (int i = 0; i < parts.length; i++) {
                    Spot field = spot.within(List.of(fieldName(column.type(), i)), 0, 0);
                    put(field, parts[i], here, schema, chunks);
                }
            }
            default -> {
                CarriedValue value = CarriedValue.of(column.type());
                chunks.put(
                        spot.path(),
                        schema.leaf(spot.name(), repetition, value),
                        spot.repetition(),
                        spot.definition(),
                        here,
                        ParquetValues.plain(value, column.data(), here));
            }
        }
    }

    private static ParquetPlaces elements(ColumnBytes lists, ParquetPlaces places, Spot element) {
        return places.ofElements(lists.data().array(), element.repetition(), element.definition());
    }

    /** The name of a tuple's field; those without one are numbered as the server numbers them. */
    static String fieldName(ClickHouseType tuple, int index) {
        return tuple.namesFields() ? tuple.fields().get(index).name() : "" + (index + 1);
    }
}
