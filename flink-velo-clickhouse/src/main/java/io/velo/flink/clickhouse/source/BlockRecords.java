// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/**
 * The rows of one block, handed out as one view that moves from row to row, or the end of a split.
 * Not thread-safe.
 */
final class BlockRecords implements RecordsWithSplitIds<RowData> {

    private final String splitId;
    private final Set<String> finished;
    private final ColumnarRowData row;
    private final int rows;
    private int next;
    private boolean splitNamed;

    private BlockRecords(String splitId, Set<String> finished, VectorizedColumnBatch block) {
        this.splitId = splitId;
        this.finished = finished;
        this.row = block == null ? null : new ColumnarRowData(block);
        this.rows = block == null ? 0 : block.getNumRows();
    }

    /** Rows of a split. */
    static BlockRecords of(String splitId, VectorizedColumnBatch block) {
        return new BlockRecords(splitId, Set.of(), block);
    }

    /** The end of a split. */
    static BlockRecords end(String splitId) {
        return new BlockRecords(null, Set.of(splitId), null);
    }

    /** Nothing, for a reader that was woken up. */
    static BlockRecords none() {
        return new BlockRecords(null, Set.of(), null);
    }

    @Override
    public String nextSplit() {
        if (splitNamed) {
            return null;
        }
        splitNamed = true;
        return splitId;
    }

    @Override
    public RowData nextRecordFromSplit() {
        if (next >= rows) {
            return null;
        }
        row.setRowId(next++);
        return row;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}
