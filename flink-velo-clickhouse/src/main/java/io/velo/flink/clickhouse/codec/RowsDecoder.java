// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns an answer in a format of rows into blocks of the Native format, so that one reader serves
 * all formats. The names and types before the rows decide what they are.
 *
 * <p>Truncated and corrupt input ends in a {@code VeloException} with {@code VELO-IO-006}; memory
 * grows with the bytes that really arrive, up to a block and one row. Not thread-safe.
 */
abstract class RowsDecoder implements BlockDecoder {

    private static final int BLOCK_ROWS = 1 << 16;
    private static final long BLOCK_BYTES = 1 << 23;
    private static final int MAX_COLUMNS = 1 << 16;

    private String[] names;
    private ColumnBuffer[] columns;
    private boolean ended;

    @Override
    public final List<ByteBuffer> next() throws IOException {
        try {
            if (columns == null) {
                readHead();
            }
            int rows = 0;
            while (!ended && rows < BLOCK_ROWS && size() < BLOCK_BYTES) {
                ended = !readRow(columns);
                rows += ended ? 0 : 1;
            }
            return rows == 0 ? null : ColumnBuffer.block(names, columns, rows);
        } catch (IllegalStateException tooLarge) {
            throw WireInput.broken("holds a row of more than 2 GiB");
        }
    }

    private void readHead() throws IOException {
        List<String> theirNames = readNames();
        List<String> types = readTypes(theirNames.size());
        boolean some = !types.isEmpty() && types.size() <= MAX_COLUMNS;
        if (theirNames.size() != types.size() || !some) {
            throw WireInput.broken(
                    "names " + theirNames.size() + " columns and " + types.size() + " types");
        }
        names = theirNames.toArray(String[]::new);
        columns = new ColumnBuffer[names.length];
        for (int i = 0; i < columns.length; i++) {
            ClickHouseType type = TypeParser.parse(types.get(i));
            if (!type.supported() || !type.travelsAsItIs()) {
                throw WireInput.broken(
                        "holds values of type " + types.get(i) + ", which was not asked for");
            }
            columns[i] = new ColumnBuffer(type);
        }
    }

    private long size() {
        long size = 0;
        for (ColumnBuffer column : columns) {
            size += column.size();
        }
        return size;
    }

    /** Reads the names of the columns. */
    abstract List<String> readNames() throws IOException;

    /**
     * Reads the types of the columns.
     *
     * @param expected how many there should be
     */
    abstract List<String> readTypes(int expected) throws IOException;

    /** Appends the next row; false at the end of the stream. */
    abstract boolean readRow(ColumnBuffer[] row) throws IOException;
}
