// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.TypeKind;
import java.time.ZoneId;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Timestamps into DateTime and DateTime64. TIMESTAMP_LTZ is an instant and goes as it is; TIMESTAMP
 * is a local time of the column's zone. A value with finer digits than the column is refused: the
 * server would cut them silently.
 */
final class InstantWriter extends ColumnWriter {

    private static final long FIRST_SECOND = -2_208_988_800L;
    private static final long LAST_SECOND = 10_413_791_999L;
    private static final long LAST_NANO_SECOND = 9_223_372_035L;
    private static final long LAST_UNSIGNED = 0xFFFF_FFFFL;

    private final LocalTimeline local;
    private final int flinkPrecision;
    private final boolean ticks;
    private final long ticksPerSecond;
    private final long nanosPerTick;
    private final long first;
    private final long last;

    InstantWriter(ColumnTarget target, ZoneId zone) {
        super(target);
        LogicalType type = target.flinkType();
        if (type instanceof LocalZonedTimestampType instant) {
            local = null;
            flinkPrecision = instant.getPrecision();
        } else {
            local = new LocalTimeline(zone);
            flinkPrecision = ((TimestampType) type).getPrecision();
        }
        ticks = target.type().kind() == TypeKind.DATETIME64;
        int digits = target.type().precision();
        ticksPerSecond = Powers.ofTen(digits);
        nanosPerTick = Powers.ofTen(9 - digits);
        first = ticks ? FIRST_SECOND : 0;
        last = !ticks ? LAST_UNSIGNED : digits == 9 ? LAST_NANO_SECOND : LAST_SECOND;
    }

    @Override
    void appendValue(RowData row, int index) {
        TimestampData value = row.getTimestamp(index, flinkPrecision);
        long millis = value.getMillisecond();
        long second = Math.floorDiv(millis, 1000L);
        long nanos = Math.floorMod(millis, 1000L) * 1_000_000L + value.getNanoOfMillisecond();
        if (local != null) {
            second -= local.offsetAtLocal(second);
        }
        if (second < first || second > last) {
            throw refuse("times " + range());
        }
        if (nanos % nanosPerTick != 0) {
            throw refuse("times of " + type().precision() + " fractional digits");
        }
        if (ticks) {
            data.putLong(second * ticksPerSecond + nanos / nanosPerTick);
        } else {
            data.putInt((int) second);
        }
    }

    private String range() {
        if (!ticks) {
            return "from 1970-01-01 00:00:00 to 2106-02-07 06:28:15 UTC";
        }
        return last == LAST_NANO_SECOND ? "from 1900 to 2262-04-11 UTC" : "from 1900 to 2299 UTC";
    }
}
