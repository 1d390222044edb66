// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import io.velo.flink.postgres.cdc.pgoutput.Relation;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Writes tuples whose values are text as JSON objects: booleans and numbers as such with all their
 * digits, json and jsonb embedded, NaN, infinities and all else as texts. Not thread-safe.
 */
final class JsonRow {

    private enum Kind {
        FLAG,
        NUMBER,
        JSON,
        TEXT
    }

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[][] names;
    private final StringData[] plainNames;
    private final Kind[] kinds;
    private final boolean[] keys;
    private byte[] bytes = new byte[1024];
    private int size;
    private List<StringData> left;

    JsonRow(Relation relation) {
        int columns = relation.columns().size();
        names = new byte[columns][];
        plainNames = new StringData[columns];
        kinds = new Kind[columns];
        keys = new boolean[columns];
        for (int i = 0; i < columns; i++) {
            Relation.Column column = relation.columns().get(i);
            plainNames[i] = StringData.fromString(column.name());
            size = 0;
            byte[] name = column.name().getBytes(StandardCharsets.UTF_8);
            quote(name, 0, name.length);
            names[i] = Arrays.copyOf(bytes, size);
            kinds[i] = kind(column.type());
            keys[i] = column.key();
        }
    }

    /** By the fixed numbers of the built-in types. */
    private static Kind kind(int type) {
        return switch (type) {
            case 16 -> Kind.FLAG;
            case 20, 21, 23, 26, 700, 701, 1700 -> Kind.NUMBER;
            case 114, 3802 -> Kind.JSON;
            default -> Kind.TEXT;
        };
    }

    /**
     * The object.
     *
     * @param old where values stand that the row does not have, or null
     * @param keysOnly whether only the columns of the key are written
     */
    StringData of(Tuple row, Tuple old, boolean keysOnly) {
        size = 0;
        left = null;
        append('{');
        for (int i = 0; i < row.size() && i < names.length; i++) {
            if (keysOnly && !keys[i]) {
                continue;
            }
            Tuple source = row.kind(i) == Tuple.UNCHANGED && old != null ? old : row;
            if (source.kind(i) == Tuple.UNCHANGED) {
                left(i);
                continue;
            }
            if (size > 1) {
                append(',');
            }
            append(names[i], 0, names[i].length);
            append(':');
            value(i, source);
        }
        append('}');
        return BinaryStringData.fromBytes(Arrays.copyOf(bytes, size));
    }

    /** The columns that the last object does not have, or null. */
    List<StringData> leftOut() {
        return left;
    }

    private void left(int column) {
        if (left == null) {
            left = new ArrayList<>();
        }
        left.add(plainNames[column]);
    }

    private void value(int column, Tuple source) {
        if (source.kind(column) == Tuple.NULL) {
            append(NULL, 0, NULL.length);
            return;
        }
        byte[] from = source.bytes();
        int start = source.start(column);
        int length = source.length(column);
        switch (kinds[column]) {
            case FLAG -> {
                byte[] word = from[start] == 't' ? TRUE : FALSE;
                append(word, 0, word.length);
            }
            case NUMBER -> {
                byte last = from[start + length - 1];
                if (last >= '0' && last <= '9') {
                    append(from, start, length);
                } else {
                    quote(from, start, length);
                }
            }
            case JSON -> append(from, start, length);
            case TEXT -> quote(from, start, length);
        }
    }

    private static final byte[] NULL = "null".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.ISO_8859_1);

    private void append(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
    }

    private void append(byte[] from, int start, int length) {
        ensure(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    private void quote(byte[] from, int start, int length) {
        ensure(length * 6 + 2);
        bytes[size++] = '"';
        for (int i = start; i < start + length; i++) {
            byte b = from[i];
            if (b == '"' || b == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = b;
            } else if (b >= 0 && b < 0x20) {
                bytes[size++] = '\\';
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[b >> 4];
                bytes[size++] = HEX[b & 15];
            } else {
                bytes[size++] = b;
            }
        }
        bytes[size++] = '"';
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
