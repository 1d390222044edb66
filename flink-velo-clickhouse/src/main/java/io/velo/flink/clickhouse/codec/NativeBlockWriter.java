// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Encodes Flink rows into blocks of ClickHouse's Native format, column by column, with no object
 * per row.
 *
 * <p>A block is: number of columns and of rows, then per column its name, its type and its values.
 * Every value is checked against the column before it is taken, because the server wraps what does
 * not fit. A row that is refused leaves the block as it was. Not thread-safe.
 */
public final class NativeBlockWriter {

    private final ColumnWriter[] columns;
    private final Compression compression;
    private int rows;

    private NativeBlockWriter(ColumnWriter[] columns, Compression compression) {
        this.columns = columns;
        this.compression = compression;
    }

    /**
     * A writer for these columns.
     *
     * @param zone the zone of TIMESTAMP values in columns that name none
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if a Flink type does
     *     not go into its column
     */
    public static NativeBlockWriter of(
            List<ColumnTarget> targets, ZoneId zone, Compression compression) {
        return of(targets, List.of(), zone, compression);
    }

    /** As {@link #of(List, ZoneId, Compression)}, with columns that no field fills. */
    public static NativeBlockWriter of(
            List<ColumnTarget> targets,
            List<GeneratedColumn> generated,
            ZoneId zone,
            Compression compression) {
        List<ColumnWriter> columns = new ArrayList<>();
        targets.forEach(target -> columns.add(ColumnWriters.of(target, zone)));
        generated.forEach(column -> columns.add(new GeneratedWriter(column)));
        return new NativeBlockWriter(columns.toArray(ColumnWriter[]::new), compression);
    }

    /**
     * Appends one row.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-005} if a value does not fit
     *     its column
     */
    public void append(RowData row) {
        int column = 0;
        try {
            for (; column < columns.length; column++) {
                columns[column].append(row);
            }
        } catch (RuntimeException refused) {
            for (int i = 0; i <= column; i++) {
                columns[i].undo();
            }
            throw refused;
        }
        rows++;
    }

    /** Rows in the block that is being built. */
    public int rows() {
        return rows;
    }

    /** Bytes of values in the block that is being built, before compression. */
    public long bytes() {
        long total = 0;
        for (ColumnWriter column : columns) {
            total += column.size();
        }
        return total;
    }

    /**
     * The block built so far, which belongs to the caller; the next row starts a new block. Nothing
     * is copied.
     */
    public NativeBlock take() {
        long raw = bytes();
        List<ByteBuffer> pieces = new ArrayList<>();
        WireBuffer head = new WireBuffer(64);
        head.putVarint(columns.length);
        head.putVarint(rows);
        for (ColumnWriter column : columns) {
            putText(head, column.name());
            putText(head, column.type().headerText());
            pieces.add(head.handOver());
            column.handOver(pieces::add);
        }
        NativeBlock block = new NativeBlock(compression, pieces, rows, raw);
        rows = 0;
        return block;
    }

    /** As {@link #take()}, packed at once. */
    public SealedBlock seal() {
        return take().pack();
    }

    private static void putText(WireBuffer head, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head.putVarint(bytes.length);
        head.putBytes(bytes, 0, bytes.length);
    }
}
