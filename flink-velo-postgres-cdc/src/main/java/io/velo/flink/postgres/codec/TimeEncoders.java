// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Encoders of dates, times, timestamps and intervals. PostgreSQL counts from 2000-01-01. */
final class TimeEncoders {

    private static final long EPOCH_MILLIS = TimeDecoders.EPOCH_DAYS * 86_400_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** The first and the last millisecond of PostgreSQL's calendar, from 4714 BC to 294276. */
    private static final long FIRST_MILLIS = -210_866_803_200_000L;

    private static final long LAST_MILLIS = 9_224_318_015_999_999L;

    private static final int FIRST_DAY = -2_451_545;
    private static final int LAST_DAY = 2_145_031_948;

    private TimeEncoders() {}

    /** The encoder, or null if this family has none for the pair. */
    static ColumnEncoder find(PostgresType type, LogicalType source, EncodedColumn column) {
        if (type.category() != PostgresType.Category.BASE) {
            return null;
        }
        LogicalTypeRoot root = source.getTypeRoot();
        return switch (type.oid()) {
            case Oids.DATE -> root == LogicalTypeRoot.DATE ? date(column) : null;
            case Oids.TIME -> time(root, column);
            case Oids.TIMESTAMP ->
                    root == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
                            ? timestamp(LogicalTypeChecks.getPrecision(source), column)
                            : null;
            case Oids.TIMESTAMPTZ ->
                    root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
                            ? timestamp(LogicalTypeChecks.getPrecision(source), column)
                            : null;
            case Oids.INTERVAL -> interval(root);
            default -> null;
        };
    }

    private static ColumnEncoder date(EncodedColumn column) {
        return (row, field, out) -> {
            long days = (long) row.getInt(field) - TimeDecoders.EPOCH_DAYS;
            if (days < FIRST_DAY || days > LAST_DAY) {
                throw column.refuse("is out of PostgreSQL's calendar");
            }
            out.int4(4);
            out.int4((int) days);
        };
    }

    private static ColumnEncoder time(LogicalTypeRoot root, EncodedColumn column) {
        return switch (root) {
            case TIME_WITHOUT_TIME_ZONE ->
                    (row, field, out) -> {
                        out.int4(8);
                        out.int8(row.getInt(field) * 1000L);
                    };
            case BIGINT ->
                    (row, field, out) -> {
                        long micros = row.getLong(field);
                        if (micros < 0 || micros > MICROS_PER_DAY) {
                            throw column.refuse("is no time of day");
                        }
                        out.int4(8);
                        out.int8(micros);
                    };
            default -> null;
        };
    }

    /** Digits below microseconds are cut. */
    private static ColumnEncoder timestamp(int precision, EncodedColumn column) {
        return (row, field, out) -> {
            TimestampData value = row.getTimestamp(field, precision);
            long millis = value.getMillisecond();
            if (millis < FIRST_MILLIS || millis > LAST_MILLIS) {
                throw column.refuse("is out of PostgreSQL's calendar");
            }
            out.int4(8);
            out.int8((millis - EPOCH_MILLIS) * 1000 + value.getNanoOfMillisecond() / 1000);
        };
    }

    private static ColumnEncoder interval(LogicalTypeRoot root) {
        return switch (root) {
            case INTERVAL_DAY_TIME -> (row, field, out) -> micros(row.getLong(field) * 1000, out);
            case BIGINT -> (row, field, out) -> micros(row.getLong(field), out);
            case INTERVAL_YEAR_MONTH ->
                    (row, field, out) -> {
                        out.int4(16);
                        out.int8(0);
                        out.int4(0);
                        out.int4(row.getInt(field));
                    };
            default -> null;
        };
    }

    private static void micros(long micros, TupleBuffer out) {
        out.int4(16);
        out.int8(micros);
        out.int4(0);
        out.int4(0);
    }
}
