// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.time.LocalDateTime;
import org.apache.flink.table.data.TimestampData;

/**
 * Decodes {@code timestamp} and {@code timestamptz}: microseconds since 2000-01-01 00:00, the
 * second one in UTC. Digits below the declared precision are cut, as Flink's own casts do.
 */
final class TimestampDecoder implements ColumnDecoder {

    private static final long EPOCH_MILLIS = TimeDecoders.EPOCH_DAYS * 86_400_000L;
    private static final TimestampData FIRST =
            TimestampData.fromLocalDateTime(LocalDateTime.of(1, 1, 1, 0, 0));
    private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999999000);

    private final int microStep;
    private final TimestampData last;
    private final DecodedColumn column;

    TimestampDecoder(int precision, DecodedColumn column) {
        this.microStep = (int) Math.pow(10, 6 - Math.min(6, precision));
        this.column = column;
        this.last =
                TimestampData.fromLocalDateTime(
                        LAST.withNano(LAST.getNano() - LAST.getNano() % (microStep * 1000)));
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) {
        column.require(length == 8, length);
        long micros = Bytes.int8(bytes, offset);
        if (micros == Long.MAX_VALUE) {
            return column.infinite("infinity", last);
        }
        if (micros == Long.MIN_VALUE) {
            return column.infinite("-infinity", FIRST);
        }
        if (microStep > 1) {
            micros -= Math.floorMod(micros, microStep);
        }
        // Milliseconds first: the year 294276 in microseconds since 1970 does not fit a long.
        long millis = Math.floorDiv(micros, 1000L);
        int nanos = (int) (micros - millis * 1000) * 1000;
        return TimestampData.fromEpochMillis(millis + EPOCH_MILLIS, nanos);
    }
}
