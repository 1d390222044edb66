// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** UUIDs as ClickHouse lays them out: two little-endian halves, the high one first. */
final class Uuids {

    private Uuids() {}

    static String print(byte[] data, int row) {
        long high = (long) WireBuffer.LONG.get(data, row * 16);
        long low = (long) WireBuffer.LONG.get(data, row * 16 + 8);
        return new java.util.UUID(high, low).toString();
    }

    /** Turns all UUIDs of a column into bytes in the order of their text, in place. */
    static void toNetworkOrder(byte[] data) {
        for (int at = 0; at < data.length; at += 8) {
            long half = (long) WireBuffer.LONG.get(data, at);
            WireBuffer.LONG.set(data, at, Long.reverseBytes(half));
        }
    }
}
