// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.RowType;

/**
 * Decodes a stream of ClickHouse's Native format into columnar batches, one per block.
 *
 * <p>The bytes of a column are kept as they came and read when a field is asked for; only strings
 * are gathered into one array. A batch is never reused. The types in the stream's own headers
 * decide, so a column whose type was changed since planning is read as it is now or refused.
 *
 * <p>Truncated and corrupt input ends in a {@code VeloException} with {@code VELO-IO-006}; memory
 * stays within about twice of what was received. Not thread-safe.
 */
public final class NativeBlockReader {

    private static final int MAX_ROWS = 1 << 24;
    private static final int MAX_NAME = 1 << 16;
    private static final int MAX_TYPE = 1 << 20;

    private final WireInput in;
    private final List<RowType.RowField> columns;
    private final ZoneId zone;
    private final ColumnReader[] readers;
    private final String[] typeTexts;

    /**
     * A reader of this stream.
     *
     * @param columns the columns in the order in which the stream has them
     * @param zone the zone of TIMESTAMP values where a column names none
     */
    public NativeBlockReader(InputStream stream, List<RowType.RowField> columns, ZoneId zone) {
        this.in = new WireInput(stream);
        this.columns = List.copyOf(columns);
        this.zone = zone;
        this.readers = new ColumnReader[columns.size()];
        this.typeTexts = new String[columns.size()];
    }

    /**
     * Checks while planning whether columns can be read as their Flink types.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if one cannot
     */
    public static void check(List<ColumnSource> sources, ZoneId zone) {
        sources.forEach(source -> ColumnReaders.of(source, zone));
    }

    /** The next block that holds rows, or null at the end of the stream. */
    public VectorizedColumnBatch next() throws IOException {
        while (!in.atEnd()) {
            int width = in.readLength(MAX_NAME, "a number of columns");
            int rows = in.readLength(MAX_ROWS, "a number of rows");
            if (width == 0 && rows == 0) {
                continue;
            }
            if (width != readers.length) {
                throw WireInput.broken("has " + width + " columns instead of " + readers.length);
            }
            VectorizedColumnBatch batch = readBlock(rows);
            if (rows > 0) {
                return batch;
            }
        }
        return null;
    }

    private VectorizedColumnBatch readBlock(int rows) throws IOException {
        ColumnVector[] vectors = new ColumnVector[readers.length];
        for (int i = 0; i < vectors.length; i++) {
            in.readText(MAX_NAME, "a column name");
            String type = in.readText(MAX_TYPE, "a type");
            if (!type.equals(typeTexts[i])) {
                readers[i] = reader(columns.get(i), type);
                typeTexts[i] = type;
            }
            // A block without rows has no values, not even what stands before them.
            vectors[i] = rows == 0 ? null : readers[i].read(in, rows);
        }
        VectorizedColumnBatch batch = new VectorizedColumnBatch(vectors);
        batch.setNumRows(rows);
        return batch;
    }

    private ColumnReader reader(RowType.RowField column, String typeText) {
        if (typeText.contains("LowCardinality(")) {
            throw WireInput.broken("holds a dictionary, which was not asked for");
        }
        ClickHouseType actual = TypeParser.parse(typeText);
        if (!actual.travelsAsItIs()) {
            throw WireInput.broken(
                    "holds values of type " + typeText + ", which was not asked for");
        }
        return ColumnReaders.of(new ColumnSource(column.getName(), actual, column.getType()), zone);
    }
}
