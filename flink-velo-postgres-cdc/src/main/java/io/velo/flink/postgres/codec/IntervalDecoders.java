// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;

/** Decoders of interval columns: microseconds, days and months, each with its own sign. */
final class IntervalDecoders {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private IntervalDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        if (!type.isBase(Oids.INTERVAL)) {
            return null;
        }
        return switch (target.getTypeRoot()) {
            case CHAR, VARCHAR -> text(column);
            case BIGINT -> (bytes, offset, length) -> micros(bytes, offset, length, column);
            case INTERVAL_DAY_TIME ->
                    (bytes, offset, length) -> {
                        Object micros = micros(bytes, offset, length, column);
                        return micros == null ? null : Math.floorDiv((Long) micros, 1000L);
                    };
            case INTERVAL_YEAR_MONTH -> months(column);
            default -> null;
        };
    }

    private static ColumnDecoder text(DecodedColumn column) {
        return (bytes, offset, length) -> {
            column.require(length == 16, length);
            return StringData.fromString(
                    IntervalText.of(
                            Bytes.int4(bytes, offset + 12),
                            Bytes.int4(bytes, offset + 8),
                            Bytes.int8(bytes, offset)));
        };
    }

    /** Days count as 24 hours; months have no fixed length and are refused. */
    private static Object micros(byte[] bytes, int offset, int length, DecodedColumn column) {
        column.require(length == 16, length);
        int months = Bytes.int4(bytes, offset + 12);
        int days = Bytes.int4(bytes, offset + 8);
        long micros = Bytes.int8(bytes, offset);
        long dayMicros = days * MICROS_PER_DAY;
        long sum = dayMicros + micros;
        boolean overflows = ((dayMicros ^ sum) & (micros ^ sum)) < 0;
        // 2^31 days are more than 2^63 microseconds.
        if (months != 0 || overflows || days != dayMicros / MICROS_PER_DAY) {
            return column.special(IntervalText.of(months, days, micros));
        }
        return sum;
    }

    private static ColumnDecoder months(DecodedColumn column) {
        return (bytes, offset, length) -> {
            column.require(length == 16, length);
            int months = Bytes.int4(bytes, offset + 12);
            int days = Bytes.int4(bytes, offset + 8);
            long micros = Bytes.int8(bytes, offset);
            if (days != 0 || micros != 0) {
                return column.special(IntervalText.of(months, days, micros));
            }
            return months;
        };
    }
}
