// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.type.TypeKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A column of a sharding key: a whole number of up to 64 bits or a text. For one thread: the bytes
 * of a value stand in it until the next one.
 */
final class KeyColumn implements KeyTerm {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NONE = {};

    private final int index;
    private final LogicalTypeRoot root;
    private final int precision;
    private final boolean signed;
    private final int width;
    private final byte[] number = new byte[8];
    private byte[] bytes = NONE;
    private int from;
    private int length;

    private KeyColumn(int index, LogicalType type, ColumnMeta column) {
        this.index = index;
        this.root = type.getTypeRoot();
        this.precision = type instanceof DecimalType decimal ? decimal.getPrecision() : 0;
        this.signed = column.type().kind() == TypeKind.SIGNED;
        this.width = column.type().kind() == TypeKind.STRING ? 0 : column.type().width();
    }

    /** The column, or nothing if its values cannot be told as the server sees them. */
    static Optional<KeyColumn> of(int index, LogicalType type, ColumnMeta column) {
        TypeKind kind = column.type().kind();
        boolean number =
                (kind == TypeKind.SIGNED || kind == TypeKind.UNSIGNED)
                        && column.type().width() <= Long.BYTES
                        && isWhole(type);
        boolean text =
                kind == TypeKind.STRING
                        && switch (type.getTypeRoot()) {
                            case CHAR, VARCHAR, BINARY, VARBINARY -> true;
                            default -> false;
                        };
        return !column.type().nullable() && (number || text)
                ? Optional.of(new KeyColumn(index, type, column))
                : Optional.empty();
    }

    private static boolean isWhole(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            case DECIMAL -> ((DecimalType) type).getScale() == 0;
            default -> false;
        };
    }

    /** Whether it is a number and not a text. */
    boolean isNumber() {
        return width > 0;
    }

    @Override
    public boolean signed() {
        return signed;
    }

    @Override
    public long of(RowData row) {
        if (row.isNullAt(index)) {
            return 0;
        }
        return switch (root) {
            case TINYINT -> row.getByte(index);
            case SMALLINT -> row.getShort(index);
            case INTEGER -> row.getInt(index);
            case BIGINT -> row.getLong(index);
            default ->
                    row.getDecimal(index, precision, 0).toBigDecimal().toBigInteger().longValue();
        };
    }

    /** As {@link #of}, with zeros above the column's own bytes. */
    long bits(RowData row) {
        return width == Long.BYTES ? of(row) : of(row) & ((1L << (width * 8)) - 1);
    }

    /** Takes the bytes of the row's value, as the server has them in memory. */
    void read(RowData row) {
        if (isNumber()) {
            LONG.set(number, 0, of(row));
            take(number, 0, width);
        } else if (row.isNullAt(index)) {
            take(NONE, 0, 0);
        } else if (root == LogicalTypeRoot.CHAR || root == LogicalTypeRoot.VARCHAR) {
            readText((BinaryStringData) row.getString(index));
        } else {
            byte[] value = row.getBinary(index);
            take(value, 0, value.length);
        }
    }

    private void readText(BinaryStringData text) {
        text.ensureMaterialized();
        MemorySegment[] segments = text.getSegments();
        if (segments.length == 1 && !segments[0].isOffHeap()) {
            take(segments[0].getArray(), text.getOffset(), text.getSizeInBytes());
        } else {
            byte[] copy = text.toBytes();
            take(copy, 0, copy.length);
        }
    }

    private void take(byte[] newBytes, int newFrom, int newLength) {
        bytes = newBytes;
        from = newFrom;
        length = newLength;
    }

    /** The array that has the bytes of the value. */
    byte[] bytes() {
        return bytes;
    }

    /** Where they begin. */
    int from() {
        return from;
    }

    /** How many they are. */
    int length() {
        return length;
    }
}
