// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.clickhouse.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * A column in a condition or an aggregate of the server: an expression that compares, sorts and
 * groups exactly as Flink does with the value that is read. Pairs of types for which there is no
 * such expression are not offered.
 */
final class FieldValue {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Instant LAST_DATETIME = Instant.ofEpochSecond(0xFFFF_FFFFL);
    private static final Instant FIRST_DATETIME64 = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST_DATETIME64 = Instant.parse("2262-01-01T00:00:00Z");

    private final String sql;
    private final ClickHouseType type;
    private final LogicalType flink;
    private final ZoneId zone;

    private FieldValue(String sql, ClickHouseType type, LogicalType flink, ZoneId zone) {
        this.sql = sql;
        this.type = type;
        this.flink = flink;
        this.zone = zone;
    }

    /**
     * The expression for a column as this Flink type.
     *
     * @param zone the zone of TIMESTAMP values, or null if it is not known
     */
    static Optional<FieldValue> of(TableColumns.Found column, LogicalType flink, ZoneId zone) {
        ClickHouseType type = column.type();
        return Optional.ofNullable(expression(column, flink))
                .map(sql -> new FieldValue(sql, type, flink, zoneOf(type, zone)));
    }

    /** As {@link #of}, but a UUID stays one, so that the server can use its index. */
    static Optional<FieldValue> ofKey(TableColumns.Found column, LogicalType flink, ZoneId zone) {
        boolean uuid =
                column.type().kind() == TypeKind.UUID
                        && flink.is(LogicalTypeFamily.CHARACTER_STRING);
        return uuid
                ? Optional.of(new FieldValue(column.sql(), column.type(), flink, zone))
                : of(column, flink, zone).filter(value -> !value.isFloating());
    }

    /** The SQL of a key; nothing for one that no value of the column can equal. */
    Optional<String> keyLiteral(Object value) {
        if (type.kind() != TypeKind.UUID) {
            return literal(value);
        }
        String text = (String) value;
        return UUID_TEXT.matcher(text).matches()
                ? Optional.of("toUUID('" + text + "')")
                : Optional.empty();
    }

    /** As {@link #keyLiteral}, but nothing for a number that the column cannot hold. */
    Optional<String> castableLiteral(Object value) {
        if (type.kind() != TypeKind.SIGNED && type.kind() != TypeKind.UNSIGNED) {
            return keyLiteral(value);
        }
        boolean signed = type.kind() == TypeKind.SIGNED;
        return keyLiteral(value)
                .filter(digits -> isBoolean() || fits(new BigInteger(digits), signed));
    }

    private boolean fits(BigInteger number, boolean signed) {
        int bits = type.width() * 8;
        return signed
                ? number.bitLength() < bits
                : number.signum() >= 0 && number.bitLength() <= bits;
    }

    private static ZoneId zoneOf(ClickHouseType type, ZoneId zone) {
        return type.zone().isEmpty() ? zone : ZoneId.of(type.zone());
    }

    private static String expression(TableColumns.Found column, LogicalType flink) {
        ClickHouseType type = column.type();
        String sql = column.sql();
        boolean text = flink.is(LogicalTypeFamily.CHARACTER_STRING);
        boolean whole = flink.is(LogicalTypeFamily.INTEGER_NUMERIC);
        return switch (type.kind()) {
            case SIGNED, UNSIGNED -> {
                if (flink.is(LogicalTypeRoot.BOOLEAN)) {
                    yield "(" + sql + " != 0)";
                }
                boolean decimal = flink.is(LogicalTypeRoot.DECIMAL);
                yield type.width() <= 8 && (whole || decimal) ? sql : null;
            }
            case BOOL -> flink.is(LogicalTypeRoot.BOOLEAN) ? sql : null;
            case FLOAT -> flink.is(LogicalTypeFamily.APPROXIMATE_NUMERIC) ? sql : null;
            case DECIMAL ->
                    type.precision() <= 38 && flink.is(LogicalTypeRoot.DECIMAL) ? sql : null;
            case STRING -> text ? sql : null;
            case ENUM, UUID -> text ? "toString(" + sql + ")" : null;
            case DATE, DATE32 -> flink.is(LogicalTypeRoot.DATE) ? sql : null;
            case DATETIME, DATETIME64 -> timestamp(type, flink) ? sql : null;
            default -> null;
        };
    }

    private static boolean timestamp(ClickHouseType type, LogicalType flink) {
        boolean kind =
                flink.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                        || flink.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
        // Fewer digits in Flink would cut the value before it is compared.
        return kind && LogicalTypeChecks.getPrecision(flink) >= type.precision();
    }

    /** The expression. */
    String sql() {
        return sql;
    }

    boolean isText() {
        return flink.is(LogicalTypeFamily.CHARACTER_STRING);
    }

    boolean isFloating() {
        return type.kind() == TypeKind.FLOAT;
    }

    boolean isBoolean() {
        return flink.is(LogicalTypeRoot.BOOLEAN);
    }

    boolean isLocalTime() {
        return flink.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE);
    }

    LogicalType flink() {
        return flink;
    }

    /** Whether both columns count time, or decimals, in the same unit. */
    boolean hasSameScaleAs(FieldValue other) {
        return type.kind() == other.type.kind()
                && type.scale() == other.type.scale()
                && type.precision() == other.type.precision();
    }

    /** Whether the column is a decimal of so many digits that a sum of it may overflow. */
    boolean sumMayOverflow() {
        return type.kind() == TypeKind.DECIMAL && type.precision() > 28;
    }

    /** Whether the Flink type is a whole number. */
    boolean isWhole() {
        return flink.is(LogicalTypeFamily.INTEGER_NUMERIC);
    }

    /** Whether it is a decimal on both sides. */
    boolean isDecimal() {
        return type.kind() == TypeKind.DECIMAL;
    }

    /** Whether the clock of the column's zone never goes back, so that its times have an order. */
    boolean hasSteadyClock() {
        return !isLocalTime() || zone != null && zone.getRules().isFixedOffset();
    }

    /** The SQL of a literal to compare with; nothing for one that has no exact form. */
    Optional<String> literal(Object value) {
        if (value instanceof Boolean flag) {
            return isBoolean() ? Optional.of(flag ? "1" : "0") : Optional.empty();
        }
        if (value instanceof String text) {
            return isText() ? Optional.of(Sql.text(text)) : Optional.empty();
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return time(value);
    }

    private Optional<String> number(Number number) {
        if (isFloating()) {
            double value = number.doubleValue();
            boolean exact = number instanceof Double || number instanceof Float || isSmall(number);
            return exact && Double.isFinite(value)
                    ? Optional.of("toFloat64('" + value + "')")
                    : Optional.empty();
        }
        if (number instanceof Double || number instanceof Float) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(number.toString()).stripTrailingZeros();
        if (type.kind() == TypeKind.DECIMAL) {
            boolean fits =
                    value.scale() <= type.scale()
                            && value.precision() - value.scale() <= type.precision() - type.scale();
            String digits = value.setScale(Math.max(type.scale(), value.scale())).toPlainString();
            int bits = type.width() * 8;
            return fits
                    ? Optional.of("toDecimal" + bits + "('" + digits + "', " + type.scale() + ")")
                    : Optional.empty();
        }
        boolean whole = !isBoolean() && value.scale() <= 0;
        return whole && value.toBigInteger().bitLength() <= 64
                ? Optional.of(value.toBigInteger().toString())
                : Optional.empty();
    }

    private static boolean isSmall(Number number) {
        return number instanceof Integer || number instanceof Short || number instanceof Byte;
    }

    private Optional<String> time(Object value) {
        if (value instanceof LocalDate day && flink.is(LogicalTypeRoot.DATE)) {
            boolean inRange = day.getYear() >= 1970 && day.getYear() < 2149;
            return inRange ? Optional.of("toDate32('" + day + "')") : Optional.empty();
        }
        if (value instanceof Instant instant && !isLocalTime()) {
            return instant(instant);
        }
        boolean local = value instanceof LocalDateTime && isLocalTime() && hasSteadyClock();
        return local ? instant(((LocalDateTime) value).atZone(zone).toInstant()) : Optional.empty();
    }

    private Optional<String> instant(Instant instant) {
        if (type.kind() == TypeKind.DATETIME) {
            boolean exact =
                    instant.getNano() == 0
                            && !instant.isBefore(Instant.EPOCH)
                            && !instant.isAfter(LAST_DATETIME);
            return exact
                    ? Optional.of("toDateTime('" + SECONDS.format(instant) + "', 'UTC')")
                    : Optional.empty();
        }
        if (type.kind() != TypeKind.DATETIME64
                || instant.isBefore(FIRST_DATETIME64)
                || instant.isAfter(LAST_DATETIME64)) {
            return Optional.empty();
        }
        String nanos = String.format("%09d", instant.getNano());
        String kept = nanos.substring(0, type.precision());
        boolean exact = nanos.substring(type.precision()).chars().allMatch(c -> c == '0');
        String text = SECONDS.format(instant) + (kept.isEmpty() ? "" : "." + kept);
        return exact
                ? Optional.of("toDateTime64('" + text + "', " + type.precision() + ", 'UTC')")
                : Optional.empty();
    }
}
