// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.util.Arrays;

/** Sorts row numbers by the bytes of their keys: a merge sort, since the JDK sorts only objects. */
final class KeyOrder {

    private KeyOrder() {}

    /** The first so many numbers in the order of their keys. */
    static int[] sorted(RowBatch batch, int[] rows, int count) {
        int[] from = Arrays.copyOf(rows, count);
        int[] to = new int[count];
        for (int width = 1; width < count; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                merge(batch, from, to, start, Math.min(start + width, count), width);
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(
            RowBatch batch, int[] from, int[] to, int start, int middle, int width) {
        int end = Math.min(middle + width, from.length);
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft =
                    right >= end
                            || left < middle && batch.compareKeys(from[left], from[right]) <= 0;
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
