// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Rows in RowBinaryWithNamesAndTypes. */
final class RowBinaryDecoder extends RowsDecoder {

    private static final int MAX_HEAD = 1 << 20;
    private static final int MAX_COLUMNS = 1 << 16;
    private static final int MAX_ELEMENTS = 1 << 28;
    private static final int CHUNK = 1 << 16;

    private final WireInput in;

    RowBinaryDecoder(InputStream stream) {
        in = new WireInput(stream);
    }

    @Override
    List<String> readNames() throws IOException {
        return readTypes(in.readLength(MAX_COLUMNS, "a number of columns"));
    }

    @Override
    List<String> readTypes(int expected) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < expected; i++) {
            texts.add(in.readText(MAX_HEAD, "a name or type"));
        }
        return texts;
    }

    @Override
    boolean readRow(ColumnBuffer[] row) throws IOException {
        if (in.atEnd()) {
            return false;
        }
        for (ColumnBuffer column : row) {
            read(column);
        }
        return true;
    }

    private void read(ColumnBuffer column) throws IOException {
        ClickHouseType type = column.type();
        if (type.nullable() && in.readByte() != 0) {
            column.absent();
            return;
        }
        column.present();
        switch (type.kind()) {
            case STRING -> {
                int length = in.readLength(WireInput.MAX_COLUMN_BYTES, "a string");
                column.data().putVarint(length);
                copy(column.data(), length);
            }
            case ARRAY -> {
                int count = in.readLength(MAX_ELEMENTS, "an array");
                for (int i = 0; i < count; i++) {
                    read(column.part(0));
                }
                column.putCount(count);
            }
            case MAP -> {
                int count = in.readLength(MAX_ELEMENTS, "a map");
                for (int i = 0; i < count; i++) {
                    read(column.part(0));
                    read(column.part(1));
                }
                column.putCount(count);
            }
            case TUPLE -> {
                for (int i = 0; i < type.fields().size(); i++) {
                    read(column.part(i));
                }
            }
            default -> copy(column.data(), type.width());
        }
    }

    /** Makes room only for bytes that are there. */
    private void copy(WireBuffer target, int length) throws IOException {
        int left = length;
        while (left > 0) {
            int some = Math.min(left, CHUNK);
            target.reserve(some);
            in.readInto(target.bytes(), target.length(), some);
            target.truncate(target.length() + some);
            left -= some;
        }
    }
}
