// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * How a column is written as text: what {@link TextReaders} reads back to the same value. Times are
 * ISO-8601 with {@code T}, instants end in {@code Z}; binary columns are stored as they are.
 * Stateless.
 */
final class TextWriters {

    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private TextWriters() {}

    /** The writer of a type, or nothing if the type has no form as plain text. */
    static Optional<TextWriter> of(LogicalType type) {
        return Optional.ofNullable(writer(type));
    }

    private static TextWriter writer(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> (row, i) -> row.getString(i).toBytes();
            case BINARY, VARBINARY -> RowData::getBinary;
            case BOOLEAN -> (row, i) -> row.getBoolean(i) ? TRUE : FALSE;
            case TINYINT -> (row, i) -> ascii(Byte.toString(row.getByte(i)));
            case SMALLINT -> (row, i) -> ascii(Short.toString(row.getShort(i)));
            case INTEGER -> (row, i) -> ascii(Integer.toString(row.getInt(i)));
            case BIGINT -> (row, i) -> ascii(Long.toString(row.getLong(i)));
            case FLOAT -> (row, i) -> ascii(Float.toString(row.getFloat(i)));
            case DOUBLE -> (row, i) -> ascii(Double.toString(row.getDouble(i)));
            case DECIMAL -> decimal((DecimalType) type);
            case DATE -> (row, i) -> ascii(date(row.getInt(i)));
            case TIME_WITHOUT_TIME_ZONE -> (row, i) -> ascii(time(row.getInt(i)));
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(type);
            default -> null;
        };
    }

    /** A DATE as text. */
    static String date(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    /** A TIME as text, always with seconds. */
    static String time(int millisOfDay) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(
                LocalTime.ofNanoOfDay(millisOfDay * 1_000_000L));
    }

    private static TextWriter decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (row, i) ->
                ascii(row.getDecimal(i, precision, scale).toBigDecimal().toPlainString());
    }

    private static TextWriter timestamp(LogicalType type) {
        int precision = LogicalTypeChecks.getPrecision(type);
        boolean instant =
                type.is(
                        org.apache.flink.table.types.logical.LogicalTypeRoot
                                .TIMESTAMP_WITH_LOCAL_TIME_ZONE);
        return (row, i) -> {
            String text =
                    DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                            row.getTimestamp(i, precision).toLocalDateTime());
            return ascii(instant ? text + "Z" : text);
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
