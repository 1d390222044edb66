// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.variant.Variant;

/** The elements of an array seen as the fields of a row, so that one writer serves both. */
final class ElementRow implements RowData {

    private ArrayData elements;

    /** This view over other elements. */
    ElementRow over(ArrayData newElements) {
        elements = newElements;
        return this;
    }

    @Override
    public int getArity() {
        return elements.size();
    }

    @Override
    public RowKind getRowKind() {
        return RowKind.INSERT;
    }

    @Override
    public void setRowKind(RowKind kind) {
        throw new UnsupportedOperationException("An element has no kind.");
    }

    @Override
    public boolean isNullAt(int index) {
        return elements.isNullAt(index);
    }

    @Override
    public boolean getBoolean(int index) {
        return elements.getBoolean(index);
    }

    @Override
    public byte getByte(int index) {
        return elements.getByte(index);
    }

    @Override
    public short getShort(int index) {
        return elements.getShort(index);
    }

    @Override
    public int getInt(int index) {
        return elements.getInt(index);
    }

    @Override
    public long getLong(int index) {
        return elements.getLong(index);
    }

    @Override
    public float getFloat(int index) {
        return elements.getFloat(index);
    }

    @Override
    public double getDouble(int index) {
        return elements.getDouble(index);
    }

    @Override
    public StringData getString(int index) {
        return elements.getString(index);
    }

    @Override
    public DecimalData getDecimal(int index, int precision, int scale) {
        return elements.getDecimal(index, precision, scale);
    }

    @Override
    public TimestampData getTimestamp(int index, int precision) {
        return elements.getTimestamp(index, precision);
    }

    @Override
    public <T> RawValueData<T> getRawValue(int index) {
        return elements.getRawValue(index);
    }

    @Override
    public byte[] getBinary(int index) {
        return elements.getBinary(index);
    }

    @Override
    public ArrayData getArray(int index) {
        return elements.getArray(index);
    }

    @Override
    public MapData getMap(int index) {
        return elements.getMap(index);
    }

    @Override
    public RowData getRow(int index, int fields) {
        return elements.getRow(index, fields);
    }

    @Override
    public Variant getVariant(int index) {
        return elements.getVariant(index);
    }
}
