// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/** DateTime and DateTime64 as instants, or as local times of a zone. */
final class TimestampVector extends WireVector implements TimestampColumnVector {

    private final byte[] data;
    private final WireLong number;
    private final long ticksPerSecond;
    private final long nanosPerTick;
    private final LocalTimeline local;

    TimestampVector(byte[] data, byte[] nulls, WireLong number, int digits, LocalTimeline local) {
        super(nulls);
        this.data = data;
        this.number = number;
        this.ticksPerSecond = Powers.ofTen(digits);
        this.nanosPerTick = Powers.ofTen(9 - digits);
        this.local = local;
    }

    @Override
    public TimestampData getTimestamp(int row, int precision) {
        long ticks = number.at(data, row);
        long second = Math.floorDiv(ticks, ticksPerSecond);
        long nanos = Math.floorMod(ticks, ticksPerSecond) * nanosPerTick;
        if (local != null) {
            second += local.offsetAtInstant(second);
        }
        nanos -= nanos % Powers.ofTen(9 - precision);
        int nanoOfMillisecond = (int) (nanos % 1_000_000L);
        return TimestampData.fromEpochMillis(
                second * 1000L + nanos / 1_000_000L, nanoOfMillisecond);
    }
}
