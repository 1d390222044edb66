// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.codec.ColumnEncoder;
import io.velo.flink.postgres.codec.TupleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Rows that wait to be written, as tuples of the binary COPY format; a deletion is a tuple of its
 * key. Of several changes of one key only what still matters is live. One thread at a time.
 */
final class RowBatch {

    private static final int FIRST_ROWS = 1024;

    private final ColumnEncoder[] encoders;
    private final int[] fields;
    private final int keySize;

    /** Columns of a deletion: the key, or all if a version has to be compared. */
    private final int deleteSize;

    private final KeyIndex index;
    private final List<RowData> kept;
    private final TupleBuffer bytes = new TupleBuffer();
    private int[] starts = new int[FIRST_ROWS];
    private int[] keyEnds = new int[FIRST_ROWS];
    private RowKind[] kinds = new RowKind[FIRST_ROWS];
    private boolean[] dead = new boolean[FIRST_ROWS];
    private int rows;
    private int live;

    /**
     * An empty batch.
     *
     * @param reduces whether a row of a key makes earlier ones of the key superfluous
     * @param deleteSize how many columns a deletion has
     * @param keepsRows whether the rows themselves are kept too
     */
    RowBatch(TargetTable table, boolean reduces, int deleteSize, boolean keepsRows) {
        this.encoders =
                table.columns().stream().map(c -> c.encoder()).toArray(ColumnEncoder[]::new);
        this.fields = table.fields();
        this.keySize = table.keySize();
        this.deleteSize = deleteSize;
        this.index = reduces ? new KeyIndex() : null;
        this.kept = keepsRows ? new ArrayList<>() : null;
    }

    /**
     * Takes one change of the table.
     *
     * @param keep the row, if rows are kept
     * @return whether it made an earlier change superfluous
     * @throws io.velo.flink.common.error.VeloException if a value cannot be encoded; the batch is
     *     then as before
     */
    boolean add(RowData row, RowData keep) {
        int start = bytes.size();
        RowKind kind = row.getRowKind();
        try {
            encode(row, isDelete(kind) ? deleteSize : encoders.length);
        } catch (RuntimeException e) {
            bytes.truncate(start);
            throw e;
        }
        if (rows == starts.length) {
            grow();
        }
        starts[rows] = start;
        kinds[rows] = kind;
        dead[rows] = false;
        if (kept != null) {
            kept.add(keep);
        }
        live++;
        int row1 = rows++;
        return index != null && supersedes(index.put(row1, this), kind);
    }

    private void encode(RowData row, int columns) {
        bytes.int2(columns);
        for (int i = 0; i < columns; i++) {
            int field = fields[i];
            if (row.isNullAt(field)) {
                bytes.int4(-1);
            } else {
                encoders[i].encode(row, field, bytes);
            }
            if (i == keySize - 1) {
                if (rows == starts.length) {
                    grow();
                }
                keyEnds[rows] = bytes.size();
            }
        }
    }

    /** What is deleted and inserted anew is deleted first: columns not written must not survive. */
    private boolean supersedes(int before, RowKind kind) {
        if (before < 0 || kinds[before] == RowKind.DELETE && !isDelete(kind)) {
            return false;
        }
        dead[before] = true;
        live--;
        return true;
    }

    static boolean isDelete(RowKind kind) {
        return kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
    }

    private void grow() {
        int more = 2 * starts.length;
        starts = Arrays.copyOf(starts, more);
        keyEnds = Arrays.copyOf(keyEnds, more);
        kinds = Arrays.copyOf(kinds, more);
        dead = Arrays.copyOf(dead, more);
    }

    /** All rows, those among them that do not matter any more. */
    int rows() {
        return rows;
    }

    /** Rows that will be written. */
    int live() {
        return live;
    }

    /** About how many bytes are waiting. */
    int size() {
        return bytes.size();
    }

    boolean isDead(int row) {
        return dead[row];
    }

    boolean isDelete(int row) {
        return isDelete(kinds[row]);
    }

    byte[] array() {
        return bytes.array();
    }

    /** Where the tuple of a row starts. */
    int start(int row) {
        return starts[row];
    }

    /** Where the tuple of a row ends. */
    int end(int row) {
        return row + 1 < rows ? starts[row + 1] : bytes.size();
    }

    /** The row itself, or null if rows are not kept. */
    RowData kept(int row) {
        return kept == null ? null : kept.get(row);
    }

    int keyHash(int row) {
        return KeyHash.of(bytes.array(), keyStart(row), keyEnds[row]);
    }

    boolean sameKey(int one, int other) {
        return compareKeys(one, other) == 0;
    }

    /** An order of keys by their bytes: any order will do, as long as all writers have the same. */
    int compareKeys(int one, int other) {
        byte[] array = bytes.array();
        return Arrays.compareUnsigned(
                array, keyStart(one), keyEnds[one], array, keyStart(other), keyEnds[other]);
    }

    private int keyStart(int row) {
        return starts[row] + 2;
    }

    void clear() {
        bytes.truncate(0);
        rows = 0;
        live = 0;
        if (index != null) {
            index.clear();
        }
        if (kept != null) {
            kept.clear();
        }
    }
}
