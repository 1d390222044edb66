// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.columnar.vector.BytesColumnVector;

/** Names of an enumeration; {@code names} is indexed by code minus the smallest code. */
final class EnumVector extends WireVector implements BytesColumnVector {

    private final byte[] data;
    private final WireLong code;
    private final byte[][] names;
    private final int smallest;

    EnumVector(byte[] data, byte[] nulls, WireLong code, byte[][] names, int smallest) {
        super(nulls);
        this.data = data;
        this.code = code;
        this.names = names;
        this.smallest = smallest;
    }

    @Override
    public Bytes getBytes(int row) {
        byte[] name = names[(int) code.at(data, row) - smallest];
        return new Bytes(name, 0, name.length);
    }
}
