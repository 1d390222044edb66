// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlock;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * A block that takes no more rows, with what is needed to make blocks of some of its rows.
 *
 * @param encoded what is to be packed and sent
 * @param rows its rows, or empty if they were not kept
 * @param versions the versions that were made for its rows, as far as there are and rows were kept
 */
record RowBlock(NativeBlock encoded, List<RowData> rows, long[] versions) {

    /** Whether its rows were kept. */
    boolean keepsRows() {
        return !rows.isEmpty();
    }
}
