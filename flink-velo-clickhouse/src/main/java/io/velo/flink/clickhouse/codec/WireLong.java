// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** Reads the number of one row out of a column's bytes. */
@FunctionalInterface
interface WireLong {

    long at(byte[] data, int row);

    /** The reader for numbers of this width, 1 to 8 bytes. */
    static WireLong of(int width, boolean signed) {
        return switch (width) {
            case 1 -> signed ? (data, row) -> data[row] : (data, row) -> data[row] & 0xFF;
            case 2 ->
                    signed
                            ? (data, row) -> (short) WireBuffer.SHORT.get(data, row * 2)
                            : (data, row) -> (short) WireBuffer.SHORT.get(data, row * 2) & 0xFFFF;
            case 4 ->
                    signed
                            ? (data, row) -> (int) WireBuffer.INT.get(data, row * 4)
                            : (data, row) -> (int) WireBuffer.INT.get(data, row * 4) & 0xFFFFFFFFL;
            default -> (data, row) -> (long) WireBuffer.LONG.get(data, row * 8);
        };
    }
}
