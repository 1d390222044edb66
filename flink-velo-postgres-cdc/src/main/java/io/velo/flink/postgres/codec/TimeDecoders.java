// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.time.LocalDate;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Decoders of date, time and timestamp columns. PostgreSQL counts from 2000-01-01. */
final class TimeDecoders {

    /** Days from 1970-01-01 to 2000-01-01. */
    static final int EPOCH_DAYS = 10957;

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay();
    private static final int LAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay();

    private TimeDecoders() {}

    /** The decoder, or null if this family has none for the pair. */
    static ColumnDecoder find(PostgresType type, LogicalType target, DecodedColumn column) {
        if (type.category() != PostgresType.Category.BASE) {
            return null;
        }
        LogicalTypeRoot root = target.getTypeRoot();
        return switch (type.oid()) {
            case Oids.DATE -> root == LogicalTypeRoot.DATE ? date(column) : null;
            case Oids.TIME -> time(target, column);
            case Oids.TIMETZ -> isText(root) ? timeWithZone(column) : null;
            case Oids.TIMESTAMP ->
                    root == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                            ? new TimestampDecoder(LogicalTypeChecks.getPrecision(target), column)
                            : null;
            case Oids.TIMESTAMPTZ ->
                    root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                            ? new TimestampDecoder(LogicalTypeChecks.getPrecision(target), column)
                            : null;
            default -> null;
        };
    }

    private static boolean isText(LogicalTypeRoot root) {
        return root == LogicalTypeRoot.VARCHAR || root == LogicalTypeRoot.CHAR;
    }

    private static ColumnDecoder date(DecodedColumn column) {
        return (bytes, offset, length) -> {
            column.require(length == 4, length);
            int days = Bytes.int4(bytes, offset);
            if (days == Integer.MAX_VALUE) {
                return column.infinite("infinity", LAST_DAY);
            }
            if (days == Integer.MIN_VALUE) {
                return column.infinite("-infinity", FIRST_DAY);
            }
            return days + EPOCH_DAYS;
        };
    }

    private static ColumnDecoder time(LogicalType target, DecodedColumn column) {
        LogicalTypeRoot root = target.getTypeRoot();
        if (root == LogicalTypeRoot.BIGINT) {
            return (bytes, offset, length) -> micros(bytes, offset, length, 8, column);
        }
        if (isText(root)) {
            return (bytes, offset, length) -> {
                StringBuilder text = new StringBuilder(15);
                ClockText.append(text, micros(bytes, offset, length, 8, column));
                return StringData.fromString(text.toString());
            };
        }
        if (root != LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE) {
            return null;
        }
        // Flink keeps a TIME in milliseconds whatever its precision says.
        int step = (int) Math.pow(10, 3 - Math.min(3, ((TimeType) target).getPrecision()));
        return (bytes, offset, length) -> {
            long micros = micros(bytes, offset, length, 8, column);
            if (micros == MICROS_PER_DAY) {
                return column.special("24:00:00");
            }
            int millis = (int) (micros / 1000);
            return millis - millis % step;
        };
    }

    private static ColumnDecoder timeWithZone(DecodedColumn column) {
        return (bytes, offset, length) -> {
            StringBuilder text = new StringBuilder(24);
            ClockText.append(text, micros(bytes, offset, length, 12, column));
            // The wire counts seconds west of Greenwich, the text hours east of it.
            ClockText.appendZone(text, -Bytes.int4(bytes, offset + 8));
            return StringData.fromString(text.toString());
        };
    }

    private static long micros(
            byte[] bytes, int offset, int length, int expected, DecodedColumn column) {
        column.require(length == expected, length);
        long micros = Bytes.int8(bytes, offset);
        column.require(micros >= 0 && micros <= MICROS_PER_DAY, length);
        return micros;
    }
}
