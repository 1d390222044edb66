// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/**
 * String columns: per row a length and the bytes. All that was received goes into one array as it
 * came, lengths among the bytes; only a text that was received in pieces is put together.
 */
final class StringReader extends ColumnReader {

    private static final int FIRST_ROWS = 1 << 16;
    private static final int FIRST_BYTES = 1 << 20;

    private int averageLength = 16;

    StringReader(ColumnSource source) {
        super(source);
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        int first = Math.min(rows, FIRST_ROWS);
        Texts texts = new Texts(first, (int) Math.min((long) first * averageLength, FIRST_BYTES));
        while (texts.rows < rows) {
            texts.makeRoom(rows);
            texts.takeWhole(in);
            if (texts.rows < texts.starts.length) {
                texts.takeOne(in);
            }
        }
        averageLength = rows == 0 ? averageLength : texts.end / rows + 1;
        return new StringVector(texts.data, texts.starts, texts.ends, nulls);
    }

    /** The texts of one block so far. Arrays grow with what was really received. */
    private static final class Texts {

        private int[] starts;
        private int[] ends;
        private byte[] data;
        private int rows;
        private int end;

        Texts(int firstRows, int firstBytes) {
            starts = new int[firstRows];
            ends = new int[firstRows];
            data = new byte[firstBytes];
        }

        void makeRoom(int most) {
            if (rows == starts.length) {
                int length = (int) Math.min(most, starts.length * 2L);
                starts = Arrays.copyOf(starts, length);
                ends = Arrays.copyOf(ends, length);
            }
        }

        /** Takes the texts that lie whole in the buffer, at once. */
        void takeWhole(WireInput in) {
            byte[] buffer = in.buffer();
            int from = in.position();
            int limit = in.limit();
            int most = starts.length;
            int shift = end - from;
            int row = rows;
            int at = from;
            while (row < most && at < limit) {
                int length = buffer[at];
                int start = at + 1;
                if (length < 0) {
                    if (start == limit || buffer[start] < 0) {
                        break;
                    }
                    length = length & 0x7F | buffer[start++] << 7;
                }
                if (length > limit - start) {
                    break;
                }
                at = start + length;
                starts[row] = start + shift;
                ends[row++] = at + shift;
            }
            int bytes = at - from;
            if (bytes > WireInput.MAX_COLUMN_BYTES - end) {
                throw WireInput.broken("holds a column of more than 1 GiB in one block");
            }
            grow(bytes);
            System.arraycopy(buffer, from, data, end, bytes);
            in.skip(bytes);
            end += bytes;
            rows = row;
        }

        private void grow(int bytes) {
            if (bytes > data.length - end) {
                long twice = Math.min(WireInput.MAX_COLUMN_BYTES, data.length * 2L);
                data = Arrays.copyOf(data, (int) Math.max(end + bytes, twice));
            }
        }

        /** Takes one text that may go on in what was not received yet. */
        void takeOne(WireInput in) throws IOException {
            int length = in.readLength(WireInput.MAX_COLUMN_BYTES - end, "a string");
            starts[rows] = end;
            int have = 0;
            while (have < length) {
                if (end == data.length) {
                    long more = Math.min(WireInput.MAX_COLUMN_BYTES, data.length * 2L + 64);
                    data = Arrays.copyOf(data, (int) more);
                }
                int some = Math.min(data.length - end, length - have);
                in.readInto(data, end, some);
                have += some;
                end += some;
            }
            ends[rows++] = end;
        }
    }
}
