// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/** Chooses the {@link KeyEncoder} of a column. Stateless, therefore thread-safe. */
public final class KeyEncoders {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private KeyEncoders() {}

    /**
     * How the column is compared with its keys: in the type in which it is read, or as the text
     * that is read where the column is declared as STRING and equality of the type is not equality
     * of its text.
     *
     * @param alias the alias of the table
     */
    public static KeyComparison comparison(ColumnMapping mapping, String alias) {
        if (!isText(mapping.target()) || isComparedAsItself(mapping.wire())) {
            return new KeyComparison(compared(mapping, alias), mapping.wire());
        }
        // format() prints by the type's output function, which some casts to text do not.
        String column = alias + '.' + mapping.column().quoted();
        return new KeyComparison("pg_catalog.format('%s', " + column + ")", PostgresType.TEXT);
    }

    /** A cast would keep the server from using an index. */
    private static String compared(ColumnMapping mapping, String alias) {
        return mapping.wire().equals(mapping.type())
                ? alias + '.' + mapping.column().quoted()
                : mapping.expression(alias);
    }

    private static boolean isComparedAsItself(PostgresType type) {
        return switch (type.category()) {
            case ENUM -> true;
            case BASE ->
                    switch (type.oid()) {
                        case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.UUID -> true;
                        default -> type.isExtension("citext");
                    };
            case ARRAY, OTHER -> false;
        };
    }

    /**
     * The encoder of a column's keys, for a cast to the type of the {@link #comparison}.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CAP-002} if the column cannot be
     *     a lookup key
     */
    public static KeyEncoder of(ColumnMapping mapping) {
        LogicalType target = mapping.target();
        KeyEncoder encoder =
                switch (target.getTypeRoot()) {
                    case BOOLEAN -> (row, field) -> row.getBoolean(field) ? "t" : "f";
                    case TINYINT -> (row, field) -> Byte.toString(row.getByte(field));
                    case SMALLINT -> (row, field) -> integer(row.getShort(field), mapping);
                    case INTEGER -> (row, field) -> integer(row.getInt(field), mapping);
                    case BIGINT -> bigint(mapping);
                    case FLOAT -> (row, field) -> Float.toString(row.getFloat(field));
                    case DOUBLE -> (row, field) -> real(row.getDouble(field), mapping);
                    case DECIMAL -> decimal((DecimalType) target);
                    case CHAR, VARCHAR -> text(mapping.type());
                    case BINARY, VARBINARY -> bytes(mapping.type());
                    case DATE -> (row, field) -> DateText.date(row.getInt(field));
                    case TIME_WITHOUT_TIME_ZONE -> (row, field) -> clock(row.getInt(field) * 1000L);
                    case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            timestamp(target);
                    default -> null;
                };
        if (encoder == null || mapping.type().isBase(Oids.INTERVAL) && !isText(target)) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Column '"
                                    + mapping.column()
                                    + "' of type "
                                    + mapping.type()
                                    + " cannot be the key of a lookup join.")
                    .remedy("Join on a number, text, date, time or identifier column.")
                    .toException();
        }
        return (row, field) -> row.isNullAt(field) ? null : encoder.encode(row, field);
    }

    private static boolean isText(LogicalType type) {
        return type.getTypeRoot() == LogicalTypeRoot.VARCHAR
                || type.getTypeRoot() == LogicalTypeRoot.CHAR;
    }

    private static String integer(long value, ColumnMapping mapping) {
        PostgresType type = mapping.type();
        boolean fits =
                type.category() != PostgresType.Category.BASE
                        || switch (type.oid()) {
                            case Oids.INT2 -> value == (short) value;
                            case Oids.INT4 -> value == (int) value;
                            case Oids.OID, Oids.XID -> value >= 0 && value <= 0xFFFFFFFFL;
                            default -> true;
                        };
        return fits ? Long.toString(value) : null;
    }

    private static KeyEncoder bigint(ColumnMapping mapping) {
        if (!mapping.type().isBase(Oids.TIME)) {
            return (row, field) -> integer(row.getLong(field), mapping);
        }
        return (row, field) -> clock(row.getLong(field));
    }

    private static String clock(long micros) {
        if (micros < 0 || micros > 86_400_000_000L) {
            return null;
        }
        StringBuilder text = new StringBuilder(15);
        ClockText.append(text, micros);
        return text.toString();
    }

    /** A double between two floats is equal to neither. */
    private static String real(double value, ColumnMapping mapping) {
        if (mapping.type().isBase(Oids.FLOAT4)) {
            float narrow = (float) value;
            boolean same = narrow == value || Double.isNaN(value);
            return same ? Float.toString(narrow) : null;
        }
        return Double.toString(value);
    }

    private static KeyEncoder decimal(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        return (row, field) ->
                row.getDecimal(field, precision, scale).toBigDecimal().toPlainString();
    }

    private static KeyEncoder text(PostgresType type) {
        if (type.isBase(Oids.UUID)) {
            return (row, field) -> {
                String text = row.getString(field).toString();
                return UUID.matcher(text).matches() ? text : null;
            };
        }
        if (type.category() == PostgresType.Category.ENUM) {
            Set<String> labels = new HashSet<>(type.labels());
            return (row, field) -> {
                String text = row.getString(field).toString();
                return labels.contains(text) ? text : null;
            };
        }
        return (row, field) -> {
            String text = row.getString(field).toString();
            return text.indexOf('\0') < 0 ? text : null;
        };
    }

    private static KeyEncoder bytes(PostgresType type) {
        if (type.isBase(Oids.BYTEA)) {
            return (row, field) -> "\\x" + HexFormat.of().formatHex(row.getBinary(field));
        }
        if (type.isBase(Oids.UUID)) {
            return (row, field) -> {
                byte[] value = row.getBinary(field);
                return value.length == 16 ? HexFormat.of().formatHex(value) : null;
            };
        }
        return null;
    }

    private static KeyEncoder timestamp(LogicalType type) {
        int precision = LogicalTypeChecks.getPrecision(type);
        return (row, field) -> DateText.timestamp(row.getTimestamp(field, precision));
    }
}
