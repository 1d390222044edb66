// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * An answer in Parquet, which says at its end what it holds: it is gathered first, and then each
 * row group becomes one block. Memory is that of what is gathered there and of one row group.
 */
final class ParquetDecoder implements BlockDecoder {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int END_BYTES = Integer.BYTES + MAGIC.length;
    private static final int MOST_IN_MEMORY = 1 << 25;
    private static final int MAX_FOOTER = 1 << 26;
    private static final int MAX_ROWS = 1 << 24;

    private final InputStream answer;
    private final GatheredBytes bytes;
    private List<RowGroup> groups;
    private String[] names;
    private ParquetColumn[] columns;
    private int nextGroup;

    ParquetDecoder(InputStream answer) {
        this(answer, MOST_IN_MEMORY);
    }

    /** As the other one, with another limit of what is gathered in memory. */
    ParquetDecoder(InputStream answer, int mostInMemory) {
        this.answer = answer;
        this.bytes = new GatheredBytes(mostInMemory);
    }

    @Override
    public List<ByteBuffer> next() throws IOException {
        if (groups == null) {
            bytes.gather(answer);
            readFooter();
        }
        while (nextGroup < groups.size()) {
            RowGroup group = groups.get(nextGroup++);
            if (group.getNum_rows() > 0) {
                return block(group);
            }
        }
        bytes.close();
        return null;
    }

    private void readFooter() throws IOException {
        long length = bytes.length();
        if (length < MAGIC.length + END_BYTES || !isMagic(bytes.read(length - MAGIC.length, 4))) {
            throw WireInput.broken("does not end as a Parquet file ends");
        }
        byte[] end = bytes.read(length - END_BYTES, Integer.BYTES);
        int size = (int) WireBuffer.INT.get(end, 0);
        if (size < 0 || size > MAX_FOOTER) {
            throw WireInput.broken("has a Parquet footer of impossible length " + size);
        }
        FileMetaData file = parse(bytes.read(length - END_BYTES - size, size));
        groups = file.getRow_groups();
        ParquetLayout layout = new ParquetLayout(file.getSchema());
        names = layout.names();
        columns = layout.columns();
    }

    private static boolean isMagic(byte[] end) {
        return Arrays.equals(end, MAGIC);
    }

    private static FileMetaData parse(byte[] footer) {
        FileMetaData file = new FileMetaData();
        ParquetMetadata.read(file, footer, 0);
        if (file.getSchema() == null || file.getRow_groups() == null) {
            throw WireInput.broken("has a Parquet footer without a schema");
        }
        return file;
    }

    private List<ByteBuffer> block(RowGroup group) throws IOException {
        List<ColumnChunk> chunks = group.getColumns();
        int leaves = Arrays.stream(columns).mapToInt(ParquetColumn::leaves).sum();
        if (group.getNum_rows() > MAX_ROWS || chunks == null || chunks.size() != leaves) {
            throw WireInput.broken("has a row group that does not fit its schema");
        }
        int rows = (int) group.getNum_rows();
        ColumnBuffer[] buffers = new ColumnBuffer[columns.length];
        int next = 0;
        try {
            for (int i = 0; i < columns.length; i++) {
                List<ParquetChunk> read = new ArrayList<>();
                for (int leaf = 0; leaf < columns[i].leaves(); leaf++) {
                    read.add(columns[i].read(leaf, bytes, chunks.get(next++)));
                }
                buffers[i] = columns[i].assemble(read, rows);
            }
        } catch (IllegalStateException | ArithmeticException tooLarge) {
            throw WireInput.broken("holds a row group of more than 2 GiB");
        }
        return ColumnBuffer.block(names, buffers, rows);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
