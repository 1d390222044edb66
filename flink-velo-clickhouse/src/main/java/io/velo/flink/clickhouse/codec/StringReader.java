// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** String columns: per row a length and the bytes, gathered into one array. */
final class StringReader extends ColumnReader {

    private int averageLength = 16;

    StringReader(ColumnSource source) {
        super(source);
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        int[] offsets = new int[Math.min(rows, 1 << 16) + 1];
        long expected = (long) Math.min(rows, 1 << 16) * averageLength;
        byte[] data = new byte[(int) Math.min(expected, 1 << 20)];
        int end = 0;
        for (int row = 0; row < rows; row++) {
            int length = in.readLength(WireInput.MAX_COLUMN_BYTES - end, "a string");
            data = readValue(in, data, end, length);
            end += length;
            if (row + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, (int) Math.min(rows + 1L, offsets.length * 2L));
            }
            offsets[row + 1] = end;
        }
        averageLength = rows == 0 ? averageLength : end / rows + 1;
        return new StringVector(data, offsets, nulls);
    }

    private static byte[] readValue(WireInput in, byte[] data, int at, int length)
            throws IOException {
        byte[] target = data;
        int have = 0;
        while (have < length) {
            int room = target.length - at - have;
            if (room == 0) {
                target = Arrays.copyOf(target, (int) Math.min(1L << 30, target.length * 2L + 64));
                continue;
            }
            int some = Math.min(room, length - have);
            in.readInto(target, at + have, some);
            have += some;
        }
        return target;
    }
}
