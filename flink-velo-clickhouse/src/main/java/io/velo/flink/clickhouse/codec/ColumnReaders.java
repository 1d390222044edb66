// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.TypeKind;
import java.math.BigDecimal;
import java.time.ZoneId;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Chooses the reader of a column from its ClickHouse and its Flink type. */
final class ColumnReaders {

    private ColumnReaders() {}

    /**
     * The reader for this pair of types.
     *
     * @param zone the zone of TIMESTAMP values where the column names none
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if the column cannot be
     *     read as the Flink type
     */
    static ColumnReader of(ColumnSource source, ZoneId zone) {
        ColumnReader reader = choose(source, zone);
        if (reader == null) {
            throw TypeMismatch.read(source);
        }
        return reader;
    }

    private static ColumnReader choose(ColumnSource source, ZoneId zone) {
        boolean text = source.flinkType().is(LogicalTypeFamily.CHARACTER_STRING);
        boolean bytes = source.flinkType().is(LogicalTypeFamily.BINARY_STRING);
        switch (source.type().kind()) {
            case STRING:
                return text || bytes ? new StringReader(source) : null;
            case ARRAY, MAP, TUPLE:
                return NestedReaders.of(source, zone);
            default:
                FixedReader.View view = view(source, zone, text, bytes);
                return view == null ? null : new FixedReader(source, view);
        }
    }

    private static FixedReader.View view(
            ColumnSource source, ZoneId zone, boolean text, boolean bytes) {
        ClickHouseType type = source.type();
        LogicalType flink = source.flinkType();
        int width = type.width();
        return switch (type.kind()) {
            case BOOL ->
                    flink.is(LogicalTypeRoot.BOOLEAN) || flink.is(LogicalTypeRoot.TINYINT)
                            ? integers(WireLong.of(1, false))
                            : null;
            case SIGNED, UNSIGNED -> whole(source, flink, text);
            case FLOAT, BFLOAT16 -> floating(width, flink);
            case DECIMAL -> decimal(source, flink, text);
            case FIXED_STRING ->
                    text || bytes
                            ? (data, nulls) -> new FixedStringVector(data, nulls, width, text)
                            : null;
            case ENUM -> enumeration(source, flink, text);
            case UUID -> uuid(text, bytes);
            case IPV4 -> ipv4(flink, text);
            case IPV6 -> ipv6(text, bytes);
            default -> calendar(source, flink, zone);
        };
    }

    private static FixedReader.View calendar(ColumnSource source, LogicalType flink, ZoneId zone) {
        return switch (source.type().kind()) {
            case DATE -> flink.is(LogicalTypeRoot.DATE) ? integers(WireLong.of(2, false)) : null;
            case DATE32 -> flink.is(LogicalTypeRoot.DATE) ? integers(WireLong.of(4, true)) : null;
            case DATETIME, DATETIME64 -> timestamps(source, flink, zone);
            case TIME, TIME64 -> times(source, flink);
            case INTERVAL ->
                    flink.is(LogicalTypeRoot.BIGINT) || flink.is(LogicalTypeRoot.INTEGER)
                            ? narrowed(source, WireLong.of(8, true), flink, 64)
                            : null;
            default -> null;
        };
    }

    private static FixedReader.View integers(WireLong number) {
        return (data, nulls) -> new IntegerVector(data, nulls, number);
    }

    private static FixedReader.View whole(ColumnSource source, LogicalType flink, boolean text) {
        boolean signed = source.type().kind() == TypeKind.SIGNED;
        int width = source.type().width();
        if (flink instanceof DecimalType decimal && width >= 8) {
            return decimal.getScale() == 0 ? CheckedViews.decimal(source, signed, 0) : null;
        }
        if (text) {
            return width > 8 || width == 8 && !signed ? digits(width, signed, 0) : null;
        }
        if (width > 8 && flink.is(LogicalTypeFamily.BINARY_STRING)) {
            return (data, nulls) -> {
                LittleEndian.reverse(data, width);
                return new FixedStringVector(data, nulls, width, false);
            };
        }
        if (width == 1 && !signed && flink.is(LogicalTypeRoot.BOOLEAN)) {
            return integers(WireLong.of(1, false));
        }
        if (!flink.is(LogicalTypeFamily.INTEGER_NUMERIC) || width > 8) {
            return null;
        }
        if (width == 8 && !signed) {
            return flink.is(LogicalTypeRoot.BIGINT)
                    ? CheckedViews.within(source, WireLong.of(8, true), 0, Long.MAX_VALUE)
                    : null;
        }
        int needed = width * 8 + (signed ? 0 : 1);
        return bits(flink) >= needed ? integers(WireLong.of(width, signed)) : null;
    }

    private static int bits(LogicalType flink) {
        return switch (flink.getTypeRoot()) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case INTEGER -> 32;
            default -> 64;
        };
    }

    /** Numbers of these bits in a Flink type that may be narrower. */
    private static FixedReader.View narrowed(
            ColumnSource source, WireLong number, LogicalType flink, int numberBits) {
        int bits = bits(flink);
        if (bits >= numberBits) {
            return integers(number);
        }
        long max = (1L << (bits - 1)) - 1;
        return CheckedViews.within(source, number, -max - 1, max);
    }

    private static FixedReader.View digits(int width, boolean signed, int scale) {
        TextVector.Printer printer =
                (data, row) ->
                        new BigDecimal(
                                        signed
                                                ? LittleEndian.signed(data, row * width, width)
                                                : LittleEndian.unsigned(data, row * width, width),
                                        scale)
                                .toPlainString();
        return (data, nulls) -> new TextVector(data, nulls, printer);
    }

    private static FixedReader.View floating(int width, LogicalType flink) {
        boolean fits =
                flink.is(LogicalTypeRoot.DOUBLE) || width < 8 && flink.is(LogicalTypeRoot.FLOAT);
        return fits ? (data, nulls) -> new FloatVector(data, nulls, width) : null;
    }

    private static FixedReader.View decimal(ColumnSource source, LogicalType flink, boolean text) {
        ClickHouseType type = source.type();
        if (text) {
            return type.precision() > 38 ? digits(type.width(), true, type.scale()) : null;
        }
        if (!(flink instanceof DecimalType declared) || declared.getScale() < type.scale()) {
            return null;
        }
        if (type.precision() > 38) {
            return CheckedViews.decimal(source, true, type.scale());
        }
        int whole = declared.getPrecision() - declared.getScale();
        return whole >= type.precision() - type.scale()
                ? (data, nulls) -> new DecimalVector(data, nulls, type.width(), type.scale(), true)
                : null;
    }

    private static FixedReader.View enumeration(
            ColumnSource source, LogicalType flink, boolean text) {
        if (text) {
            return CheckedViews.names(source);
        }
        int width = source.type().width();
        boolean code = flink.is(LogicalTypeFamily.INTEGER_NUMERIC) && bits(flink) >= width * 8;
        return code ? integers(WireLong.of(width, true)) : null;
    }

    private static FixedReader.View uuid(boolean text, boolean bytes) {
        if (text) {
            return (data, nulls) -> new TextVector(data, nulls, Uuids::print);
        }
        return bytes
                ? (data, nulls) -> {
                    Uuids.toNetworkOrder(data);
                    return new FixedStringVector(data, nulls, 16, false);
                }
                : null;
    }

    private static FixedReader.View ipv4(LogicalType flink, boolean text) {
        WireLong number = WireLong.of(4, false);
        if (text) {
            return (data, nulls) ->
                    new TextVector(
                            data,
                            nulls,
                            (bytes, row) -> IpAddresses.printV4(number.at(bytes, row)));
        }
        return flink.is(LogicalTypeRoot.BIGINT) ? integers(number) : null;
    }

    private static FixedReader.View ipv6(boolean text, boolean bytes) {
        if (text) {
            return (data, nulls) ->
                    new TextVector(data, nulls, (all, row) -> IpAddresses.printV6(all, row * 16));
        }
        return bytes ? (data, nulls) -> new FixedStringVector(data, nulls, 16, false) : null;
    }

    private static FixedReader.View timestamps(
            ColumnSource source, LogicalType flink, ZoneId zone) {
        boolean instant = flink.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
        if (!instant && !flink.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)) {
            return null;
        }
        LocalTimeline local =
                instant ? null : new LocalTimeline(ColumnWriters.zoneOf(source.type(), zone));
        boolean ticks = source.type().kind() == TypeKind.DATETIME64;
        WireLong number = WireLong.of(ticks ? 8 : 4, ticks);
        int digits = source.type().precision();
        return (data, nulls) -> new TimestampVector(data, nulls, number, digits, local);
    }

    private static FixedReader.View times(ColumnSource source, LogicalType flink) {
        WireLong ticks = WireLong.of(source.type().width(), true);
        if (flink.is(LogicalTypeRoot.BIGINT)) {
            return integers(ticks);
        }
        return flink.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)
                ? CheckedViews.time(source, ticks)
                : null;
    }
}
