// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.util.List;

/**
 * Rows in TabSeparated. Inside arrays, maps and tuples texts stand in quotes; escapes are the same
 * at every depth.
 */
final class TabSeparatedEncoder extends RowsEncoder {

    private final ClickHouseType[] types;
    private final WireBuffer scalar = new WireBuffer(64);

    TabSeparatedEncoder(List<Column> columns) {
        super(columns);
        types = columns.stream().map(Column::type).toArray(ClickHouseType[]::new);
    }

    @Override
    void begin(WireBuffer out) {}

    @Override
    void row(ColumnCursor[] cursors, WireBuffer out) {
        for (int i = 0; i < cursors.length; i++) {
            if (i > 0) {
                out.putByte('\t');
            }
            if (cursors[i].nextIsNull()) {
                cursors[i].skip();
                out.putByte('\\');
                out.putByte('N');
            } else {
                putValue(cursors[i], types[i], false, out);
            }
        }
        out.putByte('\n');
    }

    private void putElement(ColumnCursor cursor, ClickHouseType type, WireBuffer out) {
        if (cursor.nextIsNull()) {
            cursor.skip();
            out.putByte('N');
            out.putByte('U');
            out.putByte('L');
            out.putByte('L');
        } else {
            putValue(cursor, type, true, out);
        }
    }

    private void putValue(
            ColumnCursor cursor, ClickHouseType type, boolean inside, WireBuffer out) {
        switch (type.kind()) {
            case STRING, JSON, ANY, STATE -> {
                int length = cursor.takeLength();
                putText(cursor.data(), cursor.takeBytes(length), length, inside, out);
            }
            case ARRAY, VECTOR -> {
                int count = cursor.takeCount();
                out.putByte('[');
                for (int i = 0; i < count; i++) {
                    separate(i, out);
                    putElement(cursor.part(0), type.element(), out);
                }
                out.putByte(']');
            }
            case MAP -> {
                int count = cursor.takeCount();
                out.putByte('{');
                for (int i = 0; i < count; i++) {
                    separate(i, out);
                    putElement(cursor.part(0), type.element(), out);
                    out.putByte(':');
                    putElement(cursor.part(1), type.mapValue(), out);
                }
                out.putByte('}');
            }
            case TUPLE -> {
                out.putByte('(');
                for (int i = 0; i < type.fields().size(); i++) {
                    separate(i, out);
                    putElement(cursor.part(i), type.fields().get(i).type(), out);
                }
                out.putByte(')');
            }
            default -> putScalar(cursor, type, inside, out);
        }
    }

    private void putScalar(
            ColumnCursor cursor, ClickHouseType type, boolean inside, WireBuffer out) {
        int at = cursor.takeFixed();
        if (ScalarPrinter.bare(type.kind())) {
            ScalarPrinter.print(type, cursor.data(), at, out);
        } else if (type.kind() == TypeKind.FIXED_STRING) {
            putText(cursor.data(), at, type.width(), inside, out);
        } else {
            scalar.truncate(0);
            ScalarPrinter.print(type, cursor.data(), at, scalar);
            putText(scalar.bytes(), 0, scalar.length(), inside, out);
        }
    }

    private static void separate(int index, WireBuffer out) {
        if (index > 0) {
            out.putByte(',');
        }
    }

    private static void putText(
            byte[] bytes, int from, int length, boolean inside, WireBuffer out) {
        if (inside) {
            out.putByte('\'');
        }
        for (int i = from; i < from + length; i++) {
            byte next = bytes[i];
            int escape = TabEscapes.letter(next);
            if (escape != 0) {
                out.putByte('\\');
                out.putByte(escape);
            } else {
                out.putByte(next);
            }
        }
        if (inside) {
            out.putByte('\'');
        }
    }
}
