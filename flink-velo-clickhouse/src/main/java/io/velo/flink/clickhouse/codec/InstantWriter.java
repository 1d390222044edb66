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
    private static final int MILLI_DIGITS = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LocalTimeline local;
    private final int flinkPrecision;
    private final boolean ticks;
    private final boolean fine;
    private final long factor;
    private final long firstMilli;
    private final long lastMilli;

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
        fine = digits >= MILLI_DIGITS;
        factor = Powers.ofTen(Math.abs(digits - MILLI_DIGITS));
        firstMilli = ticks ? FIRST_SECOND * 1000 : 0;
        long last = !ticks ? LAST_UNSIGNED : digits == 9 ? LAST_NANO_SECOND : LAST_SECOND;
        lastMilli = last * 1000 + 999;
    }

    @Override
    void appendValue(RowData row, int index) {
        TimestampData value = row.getTimestamp(index, flinkPrecision);
        long millis = value.getMillisecond();
        int nanos = value.getNanoOfMillisecond();
        if (local != null) {
            millis -= local.offsetAtLocal(Math.floorDiv(millis, 1000L)) * 1000;
        }
        if (millis < firstMilli || millis > lastMilli) {
            throw refuse("times " + range());
        }
        long tick = fine ? millis * factor + ticksOf(nanos) : coarse(millis, nanos);
        if (ticks) {
            data.putLong(tick);
        } else {
            data.putInt((int) tick);
        }
    }

    /** Nanoseconds of a millisecond in ticks, which are as short as a millisecond or shorter. */
    private long ticksOf(int nanos) {
        if (nanos == 0) {
            return 0;
        }
        long nanosPerTick = NANOS_PER_MILLI / factor;
        if (nanos % nanosPerTick != 0) {
            throw refuse("times of " + type().precision() + " fractional digits");
        }
        return nanos / nanosPerTick;
    }

    /** A time in ticks, which are longer than a millisecond. */
    private long coarse(long millis, int nanos) {
        if (nanos != 0 || Math.floorMod(millis, factor) != 0) {
            throw refuse("times of " + type().precision() + " fractional digits");
        }
        return Math.floorDiv(millis, factor);
    }

    private String range() {
        if (!ticks) {
            return "from 1970-01-01 00:00:00 to 2106-02-07 06:28:15 UTC";
        }
        return lastMilli / 1000 == LAST_NANO_SECOND
                ? "from 1900 to 2262-04-11 UTC"
                : "from 1900 to 2299 UTC";
    }
}
