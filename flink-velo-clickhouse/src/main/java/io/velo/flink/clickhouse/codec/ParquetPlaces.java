// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.Arrays;

/**
 * The places of a column with levels: for each its repetition and its definition level, and which
 * value of the column it is. Parquet's way to write values that are absent or lie in lists.
 */
final class ParquetPlaces {

    private static final int ABSENT = -1;

    private byte[] repetitions;
    private byte[] definitions;
    private int[] indexes;
    private int count;

    private ParquetPlaces(int capacity) {
        repetitions = new byte[capacity];
        definitions = new byte[capacity];
        indexes = new int[capacity];
    }

    /** One place for each of that many rows. */
    static ParquetPlaces ofRows(int rows) {
        ParquetPlaces places = new ParquetPlaces(rows);
        for (int row = 0; row < rows; row++) {
            places.add(0, 0, row);
        }
        return places;
    }

    int count() {
        return count;
    }

    byte[] repetitions() {
        return repetitions;
    }

    byte[] definitions() {
        return definitions;
    }

    /** Which value the place has, or a negative number if it has none. */
    int index(int place) {
        return indexes[place];
    }

    /** Places that have a value. */
    int present() {
        int present = 0;
        for (int i = 0; i < count; i++) {
            present += indexes[i] >= 0 ? 1 : 0;
        }
        return present;
    }

    /** These places where those of NULL have no value and all others this level. */
    ParquetPlaces withoutNulls(byte[] nulls, int level) {
        ParquetPlaces places = new ParquetPlaces(count);
        for (int i = 0; i < count; i++) {
            int index = indexes[i];
            if (index < 0) {
                places.add(repetitions[i], definitions[i], ABSENT);
            } else if (nulls[index] != 0) {
                places.add(repetitions[i], definitions[i], ABSENT);
            } else {
                places.add(repetitions[i], level, index);
            }
        }
        return places;
    }

    /**
     * The places of the elements of lists that are at these places.
     *
     * @param ends cumulative counts of the lists, 8 bytes each
     * @param repetition the level of the elements after the first
     * @param definition the level of an element
     */
    ParquetPlaces ofElements(byte[] ends, int repetition, int definition) {
        ParquetPlaces places = new ParquetPlaces(count);
        for (int i = 0; i < count; i++) {
            int index = indexes[i];
            int from = index <= 0 ? 0 : end(ends, index - 1);
            int to = index < 0 ? 0 : end(ends, index);
            if (from == to) {
                places.add(repetitions[i], definitions[i], ABSENT);
            }
            for (int element = from; element < to; element++) {
                places.add(element == from ? repetitions[i] : repetition, definition, element);
            }
        }
        return places;
    }

    private static int end(byte[] ends, int list) {
        return Math.toIntExact((long) WireBuffer.LONG.get(ends, list * Long.BYTES));
    }

    private void add(int repetition, int definition, int index) {
        if (count == indexes.length) {
            int room = Math.max(64, count * 2);
            repetitions = Arrays.copyOf(repetitions, room);
            definitions = Arrays.copyOf(definitions, room);
            indexes = Arrays.copyOf(indexes, room);
        }
        repetitions[count] = (byte) repetition;
        definitions[count] = (byte) definition;
        indexes[count++] = index;
    }
}
