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
    private final List<ColumnSource> sources;
    private final ZoneId zone;
    private final ColumnReader[] readers;
    private final String[] typeTexts;

    /**
     * A reader of this stream.
     *
     * @param sources the columns in the order in which the stream has them
     * @param zone the zone of TIMESTAMP values where a column names none
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if a column cannot be
     *     read as its Flink type
     */
    public NativeBlockReader(InputStream stream, List<ColumnSource> sources, ZoneId zone) {
        this.in = new WireInput(stream);
        this.sources = List.copyOf(sources);
        this.zone = zone;
        this.readers = new ColumnReader[sources.size()];
        this.typeTexts = new String[sources.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = ColumnReaders.of(sources.get(i), zone);
            typeTexts[i] = sources.get(i).type().text();
        }
    }

    /** Fails as the constructor would, without a stream: for planning. */
    public static void check(List<ColumnSource> sources, ZoneId zone) {
        sources.forEach(source -> ColumnReaders.of(source, zone));
    }

    /** The next block that holds rows, or null at the end of the stream. */
    public VectorizedColumnBatch next() throws IOException {
        while (!in.atEnd()) {
            int columns = in.readLength(MAX_NAME, "a number of columns");
            int rows = in.readLength(MAX_ROWS, "a number of rows");
            if (columns == 0 && rows == 0) {
                continue;
            }
            if (columns != readers.length) {
                throw WireInput.broken(
                        "has " + columns + " columns instead of " + readers.length);
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
                readers[i] = reader(sources.get(i), type);
                typeTexts[i] = type;
            }
            // A block without rows has no values, not even what stands before them.
            vectors[i] = rows == 0 ? null : readers[i].read(in, rows);
        }
        VectorizedColumnBatch batch = new VectorizedColumnBatch(vectors);
        batch.setNumRows(rows);
        return batch;
    }

    private ColumnReader reader(ColumnSource planned, String typeText) {
        ClickHouseType actual = TypeParser.parse(typeText);
        return ColumnReaders.of(
                new ColumnSource(planned.name(), actual, planned.flinkType()), zone);
    }
}
