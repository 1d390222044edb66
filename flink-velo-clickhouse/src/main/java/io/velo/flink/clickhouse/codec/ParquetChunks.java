// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;

/** Writes column chunks of one page each, one after the other, and remembers where they are. */
final class ParquetChunks {

    private final Body body;
    private final List<ColumnChunk> metadata = new ArrayList<>();
    private long position;

    ParquetChunks(Body body, long position) {
        this.body = body;
        this.position = position;
    }

    /** Bytes of the file so far. */
    long position() {
        return position;
    }

    List<ColumnChunk> metadata() {
        return metadata;
    }

    /** Appends a column. */
    void put(
            List<String> path,
            Type type,
            int repetition,
            int definition,
            ParquetPlaces places,
            ByteBuffer values) {
        WireBuffer levels = new WireBuffer(64);
        putLevels(places.repetitions(), places.count(), repetition, levels);
        putLevels(places.definitions(), places.count(), definition, levels);
        int size = Math.addExact(levels.length(), values.remaining());
        PageHeader header = new PageHeader(PageType.DATA_PAGE, size, size);
        header.setData_page_header(
                new DataPageHeader(places.count(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
        byte[] head = ParquetMetadata.bytes(header);
        body.append(head, 0, head.length);
        body.append(levels.bytes(), 0, levels.length());
        body.append(values.array(), 0, values.limit());
        long length = head.length + (long) size;
        ColumnMetaData column =
                new ColumnMetaData(
                        type,
                        List.of(Encoding.PLAIN, Encoding.RLE),
                        path,
                        CompressionCodec.UNCOMPRESSED,
                        places.count(),
                        length,
                        length,
                        position);
        ColumnChunk chunk = new ColumnChunk(0);
        chunk.setMeta_data(column);
        metadata.add(chunk);
        position += length;
    }

    private static void putLevels(byte[] levels, int count, int greatest, WireBuffer out) {
        if (greatest == 0) {
            return;
        }
        int start = out.length();
        out.putInt(0);
        RunLengths.encode(levels, count, RunLengths.bits(greatest), out);
        WireBuffer.INT.set(out.bytes(), start, out.length() - start - Integer.BYTES);
    }
}
