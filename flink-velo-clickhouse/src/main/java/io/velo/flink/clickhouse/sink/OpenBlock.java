// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.codec.NativeBlockWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.data.RowData;

/**
 * The block that takes rows. It encodes each at once and keeps the row itself only if a refused row
 * leaves the task alive. Not thread-safe.
 */
final class OpenBlock {

    private final NativeBlockWriter encoder;
    private final RowVersions versions;
    private final boolean keepsRows;
    private final SortedRows sorting;
    private final TypeSerializer<RowData> copier;
    private List<RowData> rows = new ArrayList<>();

    /**
     * An empty block.
     *
     * @param keepsRows whether sealed blocks carry their rows
     * @param sorting puts the rows of sealed blocks in order, or null if they stay as they come
     * @param copier copies rows that the task uses again, or null if it does not
     */
    OpenBlock(
            OpenedTable table,
            boolean keepsRows,
            SortedRows sorting,
            TypeSerializer<RowData> copier) {
        this.versions = RowVersions.of(table.clock(), keepsRows || sorting != null);
        this.encoder = table.blocks(versions);
        this.keepsRows = keepsRows;
        this.sorting = sorting;
        this.copier = copier;
    }

    /**
     * Takes a row.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-005} if a value does not fit
     *     its column; the block is as before
     */
    void append(RowData row) {
        encoder.append(row);
        if (keepsRows || sorting != null) {
            rows.add(copier == null ? row : copier.copy(row));
        }
    }

    int size() {
        return encoder.rows();
    }

    long bytes() {
        return encoder.bytes();
    }

    /** The rows so far; the next one starts a new block. */
    RowBlock seal() {
        RowBlock block = sorting == null ? asItCame() : sorted();
        rows = new ArrayList<>();
        return block;
    }

    private RowBlock asItCame() {
        return new RowBlock(encoder.take(), keepsRows ? rows : List.of(), versions.take());
    }

    /** Each row was encoded before, which showed that it fits and how large it is. */
    private RowBlock sorted() {
        encoder.take();
        RowBlock block = sorting.block(rows, versions.take());
        return keepsRows ? block : new RowBlock(block.encoded(), List.of(), block.versions());
    }
}
