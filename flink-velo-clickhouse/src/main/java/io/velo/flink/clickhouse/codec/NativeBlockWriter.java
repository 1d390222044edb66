// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.table.data.RowData;

/**
 * Encodes Flink rows into blocks of ClickHouse's Native format, column by column, with no object
 * per row. For another format the columns are turned into its rows when a block is packed.
 *
 * <p>A block is: number of columns and of rows, then per column its name, its type and its values.
 * Every value is checked against the column before it is taken, because the server wraps what does
 * not fit. A row that is refused leaves the block as it was. Not thread-safe.
 */
public final class NativeBlockWriter {

    private final ColumnWriter[] columns;
    private final ColumnWriter[] varying;
    private final int fixedBytes;
    private final Compression compression;
    private final Supplier<BlockEncoder> turning;
    private int rows;

    private NativeBlockWriter(
            ColumnWriter[] columns, Compression compression, Supplier<BlockEncoder> turning) {
        this.columns = columns;
        this.varying =
                Arrays.stream(columns)
                        .filter(column -> column.rowBytes() == 0)
                        .toArray(ColumnWriter[]::new);
        this.fixedBytes = Arrays.stream(columns).mapToInt(ColumnWriter::rowBytes).sum();
        this.compression = compression;
        this.turning = turning;
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
        return of(targets, generated, zone, compression, BlockLayout.NATIVE);
    }

    /**
     * As {@link #of(List, List, ZoneId, Compression)}, for blocks in this layout.
     *
     * @throws io.velo.flink.common.error.VeloException also if the format has no form for a column
     */
    public static NativeBlockWriter of(
            List<ColumnTarget> targets,
            List<GeneratedColumn> generated,
            ZoneId zone,
            Compression compression,
            BlockLayout layout) {
        List<ColumnWriter> columns = new ArrayList<>();
        targets.forEach(target -> columns.add(ColumnWriters.of(target, zone)));
        generated.forEach(column -> columns.add(new GeneratedWriter(column)));
        return new NativeBlockWriter(
                columns.toArray(ColumnWriter[]::new),
                compression,
                layout.format() == WireFormat.NATIVE ? null : turning(targets, generated, layout));
    }

    private static Supplier<BlockEncoder> turning(
            List<ColumnTarget> targets, List<GeneratedColumn> generated, BlockLayout layout) {
        List<BlockEncoder.Column> columns = new ArrayList<>();
        for (ColumnTarget target : targets) {
            ClickHouseType type = layout.streamType(target);
            TypeMismatch.requireCarried(target, type, layout.format());
            boolean defaulted = layout.defaulted().contains(target.name());
            columns.add(new BlockEncoder.Column(target.name(), type, defaulted));
        }
        generated.forEach(
                column ->
                        columns.add(new BlockEncoder.Column(column.name(), column.type(), false)));
        return () -> BlockEncoder.of(layout, columns);
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
                columns[i].undo(rows);
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
        long total = (long) rows * fixedBytes;
        for (ColumnWriter column : varying) {
            total += column.size();
        }
        return total;
    }

    /**
     * The block built so far, which belongs to the caller; the next row starts a new block. Nothing
     * is copied.
     */
    public NativeBlock take() {
        return turning == null ? takeColumns() : takeRows();
    }

    private NativeBlock takeRows() {
        long raw = bytes();
        List<ColumnBytes> block = new ArrayList<>();
        for (ColumnWriter column : columns) {
            block.add(column.handOver());
        }
        BlockEncoder encoder = turning.get();
        int count = rows;
        NativeBlock taken =
                new NativeBlock(
                        compression, body -> encoder.encode(block, count, body), count, raw);
        rows = 0;
        return taken;
    }

    private NativeBlock takeColumns() {
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
        NativeBlock.Content content =
                body -> {
                    for (ByteBuffer piece : pieces) {
                        body.append(piece.array(), 0, piece.limit());
                    }
                    return raw;
                };
        NativeBlock block = new NativeBlock(compression, content, rows, raw);
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
