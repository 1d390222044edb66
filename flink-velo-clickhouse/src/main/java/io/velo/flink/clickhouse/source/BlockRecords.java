// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/**
 * The rows of one block, handed out as one cursor that moves from row to row, or the end of a
 * split. Not thread-safe.
 */
final class BlockRecords implements RecordsWithSplitIds<BlockRecords.Cursor> {

    /** A block and the row of it that is meant. */
    static final class Cursor {

        private final Block block;
        private int row = -1;

        private Cursor(Block block) {
            this.block = block;
        }

        Block block() {
            return block;
        }

        int row() {
            return row;
        }
    }

    private final String splitId;
    private final Set<String> finished;
    private final Cursor cursor;
    private boolean splitNamed;

    private BlockRecords(String splitId, Set<String> finished, Block block) {
        this.splitId = splitId;
        this.finished = finished;
        this.cursor = block == null ? null : new Cursor(block);
    }

    /** Rows of a split. */
    static BlockRecords of(String splitId, Block block) {
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
    public Cursor nextRecordFromSplit() {
        if (cursor == null) {
            return null;
        }
        do {
            cursor.row++;
        } while (cursor.row < cursor.block.rows() && cursor.block.isSkipped(cursor.row));
        return cursor.row < cursor.block.rows() ? cursor : null;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}
