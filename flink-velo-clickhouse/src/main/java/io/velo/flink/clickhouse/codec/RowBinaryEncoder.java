// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.VariantTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows in RowBinaryWithNamesAndTypes, or in RowBinaryWithDefaults if some NULL stands for a
 * default.
 */
final class RowBinaryEncoder extends RowsEncoder {

    /** The code of String in the binary encoding of types. */
    private static final int STRING_CODE = 0x15;

    /** The code of Nothing, the type of NULL in a Dynamic. */
    private static final int NOTHING_CODE = 0;

    private static final int NULL_VARIANT = 0xFF;

    private final boolean flags;
    private final ClickHouseType[] types;

    RowBinaryEncoder(List<Column> columns, boolean flags) {
        super(columns);
        this.flags = flags;
        this.types = columns.stream().map(Column::type).toArray(ClickHouseType[]::new);
    }

    @Override
    void begin(WireBuffer out) {
        if (flags) {
            return;
        }
        out.putVarint(types.length);
        columns().forEach(column -> putText(out, column.name()));
        columns().forEach(column -> putText(out, column.type().text()));
    }

    @Override
    void row(ColumnCursor[] cursors, WireBuffer out) {
        for (int i = 0; i < cursors.length; i++) {
            ColumnCursor cursor = cursors[i];
            boolean absent = cursor.nextIsNull();
            if (flags) {
                boolean defaulted = absent && columns().get(i).defaulted();
                out.putByte(defaulted ? 1 : 0);
                if (defaulted) {
                    cursor.skip();
                    continue;
                }
            }
            put(cursor, absent, types[i], out);
        }
    }

    private void put(ColumnCursor cursor, boolean absent, ClickHouseType type, WireBuffer out) {
        if (type.kind() == io.velo.flink.clickhouse.type.TypeKind.ANY) {
            putVarying(cursor, absent, type, out);
            return;
        }
        if (type.nullable()) {
            out.putByte(absent ? 1 : 0);
        }
        if (absent) {
            cursor.skip();
        } else {
            putValue(cursor, type, out);
        }
    }

    private void putNext(ColumnCursor cursor, ClickHouseType type, WireBuffer out) {
        put(cursor, cursor.nextIsNull(), type, out);
    }

    private void putValue(ColumnCursor cursor, ClickHouseType type, WireBuffer out) {
        switch (type.kind()) {
            case STRING, JSON -> putBytes(cursor, out);
            case STATE -> {
                int length = cursor.takeLength();
                out.putBytes(cursor.data(), cursor.takeBytes(length), length);
            }
            case ARRAY, VECTOR -> {
                int count = cursor.takeCount();
                out.putVarint(count);
                for (int i = 0; i < count; i++) {
                    putNext(cursor.part(0), type.element(), out);
                }
            }
            case MAP -> {
                int count = cursor.takeCount();
                out.putVarint(count);
                for (int i = 0; i < count; i++) {
                    putNext(cursor.part(0), type.element(), out);
                    putNext(cursor.part(1), type.mapValue(), out);
                }
            }
            case TUPLE -> {
                for (int i = 0; i < type.fields().size(); i++) {
                    putNext(cursor.part(i), type.fields().get(i).type(), out);
                }
            }
            default -> out.putBytes(cursor.data(), cursor.takeFixed(), type.width());
        }
    }

    private static void putVarying(
            ColumnCursor cursor, boolean absent, ClickHouseType type, WireBuffer out) {
        int member = VariantTypes.textMember(type);
        boolean dynamic = member == VariantTypes.DYNAMIC;
        if (absent) {
            out.putByte(dynamic ? NOTHING_CODE : NULL_VARIANT);
            cursor.skip();
        } else {
            out.putByte(dynamic ? STRING_CODE : member);
            putBytes(cursor, out);
        }
    }

    private static void putBytes(ColumnCursor cursor, WireBuffer out) {
        int length = cursor.takeLength();
        out.putVarint(length);
        out.putBytes(cursor.data(), cursor.takeBytes(length), length);
    }

    private static void putText(WireBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putVarint(bytes.length);
        out.putBytes(bytes, 0, bytes.length);
    }
}
