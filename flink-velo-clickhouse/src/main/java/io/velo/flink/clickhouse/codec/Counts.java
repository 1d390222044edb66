// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;

/** The cumulative counts that stand before the elements of arrays and maps. */
final class Counts {

    /** The most elements that one column of one block may have. */
    private static final int MOST = 1 << 28;

    private Counts() {}

    /**
     * Reads the counts of all rows.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if they are not
     *     ascending, or promise more than is possible
     */
    static byte[] read(WireInput in, int rows) throws IOException {
        byte[] counts = in.readBytes(rows * 8L);
        long before = 0;
        for (int at = 0; at < counts.length; at += 8) {
            long count = (long) WireBuffer.LONG.get(counts, at);
            if (count < before || count > MOST) {
                throw WireInput.broken("holds arrays of impossible length");
            }
            before = count;
        }
        return counts;
    }

    /** How many elements the rows before this one have. */
    static int before(byte[] counts, int row) {
        return row == 0 ? 0 : (int) (long) WireBuffer.LONG.get(counts, (row - 1) * 8);
    }

    /** How many elements all rows have. */
    static int total(byte[] counts) {
        return before(counts, counts.length / 8);
    }
}
