// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in TabSeparatedWithNamesAndTypes. The server escapes every carriage return, so that a plain
 * one shows the frame of an error that ended the answer.
 */
final class TabSeparatedDecoder extends RowsDecoder {

    private static final byte[] NULL_FIELD = {'\\', 'N'};
    private static final byte[] NULL_ELEMENT = {'N', 'U', 'L', 'L'};

    private final WireInput in;
    private final ScalarParser scalars = new ScalarParser();
    private final WireBuffer field = new WireBuffer(256);
    private final WireBuffer text = new WireBuffer(256);
    private int at;

    TabSeparatedDecoder(InputStream stream) {
        in = new WireInput(stream);
    }

    @Override
    List<String> readNames() throws IOException {
        List<String> texts = new ArrayList<>();
        boolean last = false;
        while (!last) {
            last = readField() == '\n';
            unescape(0, field.length());
            texts.add(new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    @Override
    List<String> readTypes(int expected) throws IOException {
        return readNames();
    }

    @Override
    boolean readRow(ColumnBuffer[] row) throws IOException {
        if (in.atEnd()) {
            return false;
        }
        for (int i = 0; i < row.length; i++) {
            int end = readField();
            require(end == (i == row.length - 1 ? '\n' : '\t'));
            put(row[i]);
        }
        return true;
    }

    /** Reads up to the next tab or end of line, which is returned. */
    private int readField() throws IOException {
        field.truncate(0);
        while (true) {
            int next = in.readByte();
            if (next == '\t' || next == '\n') {
                return next;
            }
            require(next != '\r' && field.length() < WireInput.MAX_COLUMN_BYTES);
            field.putByte(next);
        }
    }

    private void put(ColumnBuffer column) {
        TypeKind kind = column.type().kind();
        if (is(NULL_FIELD, 0, field.length())) {
            column.absent();
        } else if (kind == TypeKind.ARRAY || kind == TypeKind.MAP || kind == TypeKind.TUPLE) {
            at = 0;
            putElement(column);
            require(at == field.length());
        } else {
            column.present();
            unescape(0, field.length());
            putText(column);
        }
    }

    private void putText(ColumnBuffer column) {
        if (column.type().kind() == TypeKind.STRING) {
            column.data().putVarint(text.length());
            column.data().putBytes(text.bytes(), 0, text.length());
        } else {
            scalars.parse(column, text.bytes(), 0, text.length());
        }
    }

    /** Reads the value inside the field that starts at the current place. */
    private void putElement(ColumnBuffer column) {
        if (column.type().nullable() && is(NULL_ELEMENT, at, at + NULL_ELEMENT.length)) {
            at += NULL_ELEMENT.length;
            column.absent();
            return;
        }
        column.present();
        ClickHouseType type = column.type();
        switch (type.kind()) {
            case ARRAY -> {
                expect('[');
                int count = 0;
                for (; peek() != ']'; count++) {
                    separator(count);
                    putElement(column.part(0));
                }
                expect(']');
                column.putCount(count);
            }
            case MAP -> {
                expect('{');
                int count = 0;
                for (; peek() != '}'; count++) {
                    separator(count);
                    putElement(column.part(0));
                    expect(':');
                    putElement(column.part(1));
                }
                expect('}');
                column.putCount(count);
            }
            case TUPLE -> {
                expect('(');
                for (int i = 0; i < type.fields().size(); i++) {
                    separator(i);
                    putElement(column.part(i));
                }
                // A tuple of one field is printed with a comma behind it.
                if (type.fields().size() == 1 && peek() == ',') {
                    at++;
                }
                expect(')');
            }
            default -> putInside(column);
        }
    }

    private void putInside(ColumnBuffer column) {
        int start = at;
        if (peek() == '\'') {
            start++;
            at++;
            while (peek() != '\'') {
                at += peek() == '\\' ? 2 : 1;
            }
            unescape(start, at);
            at++;
        } else {
            while (at < field.length() && ",:]})".indexOf(field.bytes()[at]) < 0) {
                at++;
            }
            unescape(start, at);
        }
        putText(column);
    }

    private void separator(int index) {
        if (index > 0) {
            expect(',');
        }
    }

    private int peek() {
        require(at < field.length());
        return field.bytes()[at];
    }

    private void expect(int wanted) {
        require(peek() == wanted);
        at++;
    }

    private boolean is(byte[] word, int from, int to) {
        return to <= field.length()
                && java.util.Arrays.equals(field.bytes(), from, to, word, 0, word.length);
    }

    /** Puts what that part of the field means into the text. */
    private void unescape(int from, int to) {
        byte[] bytes = field.bytes();
        text.truncate(0);
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (next == '\\') {
                i++;
                require(i < to);
                text.putByte(TabEscapes.meaning(bytes[i]));
            } else {
                text.putByte(next);
            }
        }
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw WireInput.broken("is not tab-separated text as it was asked for");
        }
    }
}
