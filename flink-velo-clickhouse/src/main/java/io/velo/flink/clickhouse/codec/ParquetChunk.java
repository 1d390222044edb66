// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/**
 * The values of one column of a row group: its levels, and those values that are there in the form
 * of the Native format. Memory grows with the bytes of the pages and with the levels in them, of
 * which a page may not have many more than it has bytes.
 */
final class ParquetChunk {

    /** Levels of a chunk that runs may stand for however short they are, and more per byte. */
    private static final long FREE_LEVELS = 1 << 24;

    private static final long LEVELS_PER_BYTE = 1024;

    private static final long MOST_LEVELS = 1 << 28;

    private final ParquetLeaf leaf;
    private final WireBuffer values = new WireBuffer(64);
    private byte[] repetitions = new byte[0];
    private byte[] definitions = new byte[0];
    private int count;
    private int present;

    private ParquetChunk(ParquetLeaf leaf) {
        this.leaf = leaf;
    }

    /** Reads all pages of the chunk. */
    static ParquetChunk read(ParquetLeaf leaf, GatheredBytes bytes, ColumnChunk metadata)
            throws IOException {
        ColumnMetaData column = metadata.getMeta_data();
        if (column == null) {
            throw WireInput.broken("has a column without metadata");
        }
        if (column.getCodec() != CompressionCodec.UNCOMPRESSED) {
            throw WireInput.broken("has pages that are compressed, which was not asked for");
        }
        if (column.isSetDictionary_page_offset()) {
            throw dictionary();
        }
        byte[] pages = bytes.read(column.getData_page_offset(), column.getTotal_compressed_size());
        ParquetChunk chunk = new ParquetChunk(leaf);
        int at = 0;
        while (chunk.count < column.getNum_values()) {
            at = chunk.readPage(pages, at);
        }
        if (chunk.count != column.getNum_values()) {
            throw WireInput.broken("has a column with another number of values than it says");
        }
        return chunk;
    }

    private int readPage(byte[] pages, int from) {
        PageHeader header = new PageHeader();
        int start = ParquetMetadata.read(header, pages, from);
        int size = header.getCompressed_page_size();
        DataPageHeader data = header.getData_page_header();
        if (header.getType() == PageType.DICTIONARY_PAGE) {
            throw dictionary();
        }
        boolean plain =
                header.getType() == PageType.DATA_PAGE
                        && data != null
                        && data.getEncoding() == Encoding.PLAIN;
        if (!plain) {
            throw WireInput.broken("has a page in an encoding that was not asked for");
        }
        boolean fits = size >= 0 && size <= pages.length - start;
        int many = data.getNum_values();
        long most = Math.min(MOST_LEVELS, FREE_LEVELS + LEVELS_PER_BYTE * pages.length);
        if (!fits || many <= 0 || (long) count + many > most) {
            throw WireInput.broken("has a page of impossible length");
        }
        readPage(pages, start, start + size, many);
        return start + size;
    }

    private void readPage(byte[] pages, int from, int to, int many) {
        int total = Math.addExact(count, many);
        repetitions = room(repetitions, total, leaf.repetition());
        definitions = room(definitions, total, leaf.definition());
        int at = readLevels(pages, from, to, leaf.repetition(), repetitions, many);
        at = readLevels(pages, at, to, leaf.definition(), definitions, many);
        int found = many;
        if (leaf.definition() > 0) {
            found = 0;
            for (int i = count; i < total; i++) {
                found += definitions[i] == leaf.definition() ? 1 : 0;
            }
        }
        ParquetValuesReader.read(leaf, pages, at, to, found, values);
        count = total;
        present += found;
    }

    private static byte[] room(byte[] levels, int total, int greatest) {
        return greatest == 0 || levels.length >= total
                ? levels
                : Arrays.copyOf(levels, Math.max(total, levels.length * 2));
    }

    private int readLevels(byte[] pages, int from, int to, int greatest, byte[] levels, int many) {
        if (greatest == 0) {
            return from;
        }
        int length = to - from < Integer.BYTES ? -1 : (int) WireBuffer.INT.get(pages, from);
        int start = from + Integer.BYTES;
        if (length < 0 || length > to - start) {
            throw WireInput.broken("has levels of impossible length");
        }
        RunLengths.decode(pages, start, start + length, greatest, levels, count, many);
        return start + length;
    }

    /** Places of values that are there or not. */
    int count() {
        return count;
    }

    int repetition(int place) {
        return leaf.repetition() == 0 ? 0 : repetitions[place];
    }

    int definition(int place) {
        return leaf.definition() == 0 ? 0 : definitions[place];
    }

    /** Rows that the chunk has values of, or -1 if it starts in the middle of one. */
    int rows() {
        if (leaf.repetition() == 0) {
            return count;
        }
        int rows = count > 0 && repetitions[0] != 0 ? -1 : 0;
        for (int i = 0; i < count && rows >= 0; i++) {
            rows += repetitions[i] == 0 ? 1 : 0;
        }
        return rows;
    }

    /** Appends the values, with those that are absent, to this column. */
    void putInto(ParquetNode node, ColumnBuffer column) {
        WireBuffer nulls = column.nulls();
        WireBuffer data = column.data();
        if (present == count) {
            if (nulls != null) {
                nulls.fill(0, count);
            }
            data.putBytes(values.bytes(), 0, values.length());
            return;
        }
        int width = leaf.value().width();
        TextCursor texts = width == 0 ? new TextCursor(values.bytes()) : null;
        int next = 0;
        for (int i = 0; i < count; i++) {
            int definition = definitions[i];
            if (definition < node.exists()) {
                continue;
            }
            boolean absent = definition < node.definition();
            if (nulls != null) {
                nulls.putByte(absent ? 1 : 0);
            } else if (absent && definition >= node.around()) {
                throw WireInput.broken("holds NULL for a value of type " + node.type());
            }
            if (absent) {
                data.fill(0, Math.max(1, width));
            } else if (texts == null) {
                data.putBytes(values.bytes(), next++ * width, width);
            } else {
                texts.goTo(next++);
                data.putVarint(texts.length());
                data.putBytes(values.bytes(), texts.start(), texts.length());
            }
        }
    }

    private static RuntimeException dictionary() {
        return WireInput.broken("has a column with a dictionary, which was not asked for");
    }
}
