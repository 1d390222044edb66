// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a batch that one statement writes.
 *
 * @param deletes whether they are deleted
 * @param rows their numbers in the batch
 */
record BatchStep(boolean deletes, int[] rows) {

    /**
     * The steps of a batch in which the bytes of keys tell keys apart: what is deleted, then the
     * rest, each in the order of the keys, so that writers who meet do not deadlock.
     */
    static List<BatchStep> byKey(RowBatch batch) {
        List<BatchStep> steps = new ArrayList<>(2);
        for (boolean deletes : new boolean[] {true, false}) {
            int[] rows = new int[batch.live()];
            int count = 0;
            for (int row = 0; row < batch.rows(); row++) {
                if (!batch.isDead(row) && batch.isDelete(row) == deletes) {
                    rows[count++] = row;
                }
            }
            if (count > 0) {
                steps.add(new BatchStep(deletes, KeyOrder.sorted(batch, rows, count)));
            }
        }
        return steps;
    }

    /** The steps of a batch in the order in which its rows came. */
    static List<BatchStep> byArrival(RowBatch batch) {
        List<BatchStep> steps = new ArrayList<>(1);
        int from = 0;
        for (int row = 1; row <= batch.rows(); row++) {
            if (row == batch.rows() || batch.isDelete(row) != batch.isDelete(from)) {
                int[] run = new int[row - from];
                for (int i = 0; i < run.length; i++) {
                    run[i] = from + i;
                }
                steps.add(new BatchStep(batch.isDelete(from), run));
                from = row;
            }
        }
        return steps;
    }
}
