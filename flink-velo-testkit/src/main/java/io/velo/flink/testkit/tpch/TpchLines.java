// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.tpch;

import io.trino.tpch.GenerateUtils;
import io.trino.tpch.TpchEntity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** Prints the rows of a generator while they are read. Not thread-safe. */
final class TpchLines<E extends TpchEntity> extends InputStream {

    private static final int CHUNK = 1 << 16;

    private final io.trino.tpch.TpchColumn<E>[] columns;
    private final TpchType[] types;
    private final Iterator<E> rows;
    private byte[] chunk = new byte[0];
    private int position;

    @SuppressWarnings("unchecked")
    TpchLines(List<TpchColumn> columns, io.trino.tpch.TpchTable<E> generator, double scale) {
        this.columns = new io.trino.tpch.TpchColumn[columns.size()];
        this.types = new TpchType[columns.size()];
        for (int i = 0; i < types.length; i++) {
            this.types[i] = columns.get(i).type();
            this.columns[i] = column(generator, columns.get(i).name());
        }
        this.rows = generator.createGenerator(scale, 1, 1).iterator();
    }

    private static <E extends TpchEntity> io.trino.tpch.TpchColumn<E> column(
            io.trino.tpch.TpchTable<E> generator, String name) {
        for (io.trino.tpch.TpchColumn<E> column : generator.getColumns()) {
            if (column.getColumnName().equals(name)) {
                return column;
            }
        }
        throw new IllegalStateException("The generator has no column " + name + ".");
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean fill() {
        if (position < chunk.length) {
            return true;
        }
        StringBuilder text = new StringBuilder(CHUNK + 512);
        while (rows.hasNext() && text.length() < CHUNK) {
            append(rows.next(), text);
        }
        chunk = text.toString().getBytes(StandardCharsets.US_ASCII);
        position = 0;
        return chunk.length > 0;
    }

    private void append(E row, StringBuilder text) {
        for (int i = 0; i < types.length; i++) {
            if (i > 0) {
                text.append('|');
            }
            io.trino.tpch.TpchColumn<E> column = columns[i];
            switch (types[i]) {
                case LONG -> text.append(column.getIdentifier(row));
                case INT -> text.append(column.getInteger(row));
                case DECIMAL -> appendCents(Math.round(column.getDouble(row) * 100), text);
                case DATE -> text.append(GenerateUtils.formatDate(column.getDate(row)));
                case TEXT -> text.append(column.getString(row));
            }
        }
        text.append('\n');
    }

    private static void appendCents(long cents, StringBuilder text) {
        if (cents < 0) {
            text.append('-');
        }
        long absolute = Math.abs(cents);
        text.append(absolute / 100).append('.');
        text.append((char) ('0' + absolute % 100 / 10)).append((char) ('0' + absolute % 10));
    }
}
