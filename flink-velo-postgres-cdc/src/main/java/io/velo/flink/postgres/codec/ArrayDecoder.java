// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;

/**
 * Decodes an array of one dimension: number of dimensions, a flag, the element type, then per
 * dimension its size and lower bound, then each element with its length (-1 for NULL). A lower
 * bound other than 1 is dropped.
 */
final class ArrayDecoder implements ColumnDecoder {

    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    private final ColumnDecoder element;
    private final DecodedColumn column;

    ArrayDecoder(ColumnDecoder element, DecodedColumn column) {
        this.element = element;
        this.column = column;
    }

    @Override
    public ArrayData decode(byte[] bytes, int offset, int length) {
        column.require(length >= HEADER, length);
        int dimensions = Bytes.int4(bytes, offset);
        if (dimensions == 0) {
            column.require(length == HEADER, length);
            return new GenericArrayData(new Object[0]);
        }
        requireOneDimension(dimensions, length);
        column.require(length >= HEADER + DIMENSION, length);
        int size = Bytes.int4(bytes, offset + HEADER);
        // Each element takes four bytes at least: no size can ask for more memory than was sent.
        column.require(size >= 0 && size <= (length - HEADER - DIMENSION) / 4, length);
        Object[] elements = new Object[size];
        int end = offset + length;
        int at = offset + HEADER + DIMENSION;
        for (int i = 0; i < size; i++) {
            column.require(at <= end - 4, length);
            int elementLength = Bytes.int4(bytes, at);
            at += 4;
            column.require(elementLength >= -1 && elementLength <= end - at, length);
            if (elementLength >= 0) {
                elements[i] = element.decode(bytes, at, elementLength);
                at += elementLength;
            }
        }
        column.require(at == end, length);
        return new GenericArrayData(elements);
    }

    private void requireOneDimension(int dimensions, int length) {
        column.require(dimensions > 0 && dimensions <= 6, length);
        if (dimensions > 1) {
            throw Problem.of(
                            ErrorCode.SCHEMA_VALUE,
                            "Column '"
                                    + column.name()
                                    + "' ("
                                    + column.type()
                                    + ") holds an array of "
                                    + dimensions
                                    + " dimensions, which "
                                    + column.target()
                                    + " cannot hold.")
                    .remedy("Declare the column as STRING to read such arrays as text.")
                    .toException();
        }
    }
}
