// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import io.velo.flink.clickhouse.type.TypeParser;
import java.time.ZoneId;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Chooses the writer of a column from its Flink and its ClickHouse type. */
final class ColumnWriters {

    private static final long MAX_TIME_SECONDS = 999L * 3600 + 59 * 60 + 59;

    private ColumnWriters() {}

    /**
     * The writer for this pair of types.
     *
     * @param zone the zone of TIMESTAMP values where the column names none
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if the Flink type does
     *     not go into the ClickHouse type
     */
    static ColumnWriter of(ColumnTarget target, ZoneId zone) {
        ColumnWriter writer = choose(target, zone);
        if (writer == null) {
            throw TypeMismatch.write(target);
        }
        return writer;
    }

    private static ColumnWriter choose(ColumnTarget target, ZoneId zone) {
        LogicalType flink = target.flinkType();
        boolean text = flink.is(LogicalTypeFamily.CHARACTER_STRING);
        boolean bytes = flink.is(LogicalTypeFamily.BINARY_STRING);
        return switch (target.type().kind()) {
            case BOOL -> bool(target, flink);
            case SIGNED, UNSIGNED -> integer(target, flink, text);
            case FLOAT -> floating(target, flink);
            case BFLOAT16 -> flink.is(LogicalTypeRoot.FLOAT) ? new BFloat16Writer(target) : null;
            case DECIMAL -> decimal(target, flink, text);
            case STRING ->
                    text ? new StringWriter(target, false) : bytes ? new BytesWriter(target) : null;
            case JSON -> text ? new StringWriter(target, true) : null;
            case ANY -> text ? new StringWriter(asText(target), false) : null;
            case STATE -> bytes ? new BytesWriter(target) : null;
            case ARRAY, MAP, TUPLE, VECTOR -> NestedWriters.of(target, zone);
            case FIXED_STRING -> text || bytes ? new FixedBytesWriter(target, false) : null;
            case ENUM -> enumeration(target, flink, text);
            case UUID -> text || bytes ? new UuidWriter(target, text) : null;
            case IPV4 ->
                    text
                            ? new IpWriter(target)
                            : whole(target, flink, LogicalTypeRoot.BIGINT, 0, 0xFFFF_FFFFL);
            case IPV6 ->
                    text ? new IpWriter(target) : bytes ? new FixedBytesWriter(target, true) : null;
            default -> calendar(target, flink, zone);
        };
    }

    private static ColumnWriter calendar(ColumnTarget target, LogicalType flink, ZoneId zone) {
        return switch (target.type().kind()) {
            case DATE -> date(target, flink, 0, 65_535, "dates from 1970-01-01 to 2149-06-06");
            case DATE32 ->
                    date(target, flink, -25_567, 120_529, "dates from 1900-01-01 to 2299-12-31");
            case DATETIME, DATETIME64 ->
                    flink.is(LogicalTypeFamily.TIMESTAMP)
                                    && !flink.is(LogicalTypeRoot.TIMESTAMP_WITH_TIME_ZONE)
                            ? new InstantWriter(target, zoneOf(target.type(), zone))
                            : null;
            case TIME, TIME64 -> time(target, flink);
            case INTERVAL ->
                    flink.is(LogicalTypeFamily.INTEGER_NUMERIC)
                            ? integerWithin(target, flink, Long.MIN_VALUE, Long.MAX_VALUE)
                            : null;
            default -> null;
        };
    }

    /** The server takes NULL that is cast to a value of varying type for an empty text. */
    private static ColumnTarget asText(ColumnTarget target) {
        return new ColumnTarget(
                target.name(),
                TypeParser.parse("String"),
                target.flinkType(),
                target.index(),
                target.key());
    }

    static ZoneId zoneOf(ClickHouseType type, ZoneId fallback) {
        return type.zone().isEmpty() ? fallback : ZoneId.of(type.zone());
    }

    private static ColumnWriter bool(ColumnTarget target, LogicalType flink) {
        return flink.is(LogicalTypeRoot.BOOLEAN) || flink.is(LogicalTypeRoot.TINYINT)
                ? integerWithin(target, flink, 0, 1)
                : null;
    }

    private static ColumnWriter integer(ColumnTarget target, LogicalType flink, boolean text) {
        boolean signed = target.type().kind() == TypeKind.SIGNED;
        int width = target.type().width();
        boolean whole = flink.is(LogicalTypeFamily.INTEGER_NUMERIC);
        if (whole || width == 1 && flink.is(LogicalTypeRoot.BOOLEAN)) {
            if (width < 8) {
                long max = (1L << (width * 8 - (signed ? 1 : 0))) - 1;
                return integerWithin(target, flink, signed ? -max - 1 : 0, max);
            }
            if (width == 8) {
                return integerWithin(target, flink, signed ? Long.MIN_VALUE : 0, Long.MAX_VALUE);
            }
        }
        if (width > 8 && flink.is(LogicalTypeFamily.BINARY_STRING)) {
            return new WideBytesWriter(target);
        }
        boolean wide = width > 8 || width == 8 && !signed;
        boolean decimal = flink instanceof DecimalType number && number.getScale() == 0;
        return wide && (text || decimal || whole)
                ? new WideIntegerWriter(target, BigIntegerField.of(flink), signed)
                : null;
    }

    private static ColumnWriter integerWithin(
            ColumnTarget target, LogicalType flink, long min, long max) {
        return new IntegerWriter(
                target, LongField.of(flink), min, max, "whole numbers from " + min + " to " + max);
    }

    private static ColumnWriter whole(
            ColumnTarget target, LogicalType flink, LogicalTypeRoot root, long min, long max) {
        return flink.is(root) ? integerWithin(target, flink, min, max) : null;
    }

    private static ColumnWriter date(
            ColumnTarget target, LogicalType flink, long min, long max, String allowed) {
        return flink.is(LogicalTypeRoot.DATE)
                ? new IntegerWriter(target, LongField.of(flink), min, max, allowed)
                : null;
    }

    private static ColumnWriter time(ColumnTarget target, LogicalType flink) {
        if (flink.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)) {
            return new TimeWriter(target);
        }
        long max = (MAX_TIME_SECONDS + 1) * Powers.ofTen(target.type().precision()) - 1;
        return whole(target, flink, LogicalTypeRoot.BIGINT, -max, max);
    }

    private static ColumnWriter floating(ColumnTarget target, LogicalType flink) {
        if (target.type().width() == 4) {
            return flink.is(LogicalTypeRoot.FLOAT) ? new FloatWriter(target) : null;
        }
        return flink.is(LogicalTypeFamily.APPROXIMATE_NUMERIC) ? new DoubleWriter(target) : null;
    }

    private static ColumnWriter decimal(ColumnTarget target, LogicalType flink, boolean text) {
        ClickHouseType type = target.type();
        if (text) {
            return type.precision() > 38 ? new DecimalTextWriter(target) : null;
        }
        boolean fits =
                flink instanceof DecimalType declared
                        && declared.getScale() <= type.scale()
                        && declared.getPrecision() - declared.getScale()
                                <= type.precision() - type.scale();
        return fits ? new DecimalWriter(target) : null;
    }

    private static ColumnWriter enumeration(ColumnTarget target, LogicalType flink, boolean text) {
        if (text) {
            return new EnumWriter(target);
        }
        boolean code =
                flink.is(LogicalTypeRoot.TINYINT)
                        || flink.is(LogicalTypeRoot.SMALLINT)
                        || flink.is(LogicalTypeRoot.INTEGER);
        return code ? new EnumCodeWriter(target, LongField.of(flink)) : null;
    }
}
