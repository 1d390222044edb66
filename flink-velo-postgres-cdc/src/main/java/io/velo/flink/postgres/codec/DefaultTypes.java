// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.DecimalType;

/**
 * The Flink type that discovery gives a PostgreSQL type. All results are nullable.
 *
 * <p>Stateless, therefore thread-safe.
 */
public final class DefaultTypes {

    private DefaultTypes() {}

    /** The Flink type, or empty if the type is not known; then only STRING can be declared. */
    public static Optional<DataType> of(PostgresType type) {
        return switch (type.category()) {
            case ENUM -> Optional.of(DataTypes.STRING());
            case ARRAY -> of(type.element()).map(DataTypes::ARRAY);
            case OTHER -> Optional.empty();
            case BASE -> Optional.ofNullable(base(type));
        };
    }

    private static DataType base(PostgresType type) {
        return switch (type.oid()) {
            case Oids.BOOL -> DataTypes.BOOLEAN();
            case Oids.INT2 -> DataTypes.SMALLINT();
            case Oids.INT4 -> DataTypes.INT();
            case Oids.INT8, Oids.OID, Oids.XID -> DataTypes.BIGINT();
            case Oids.FLOAT4 -> DataTypes.FLOAT();
            case Oids.FLOAT8 -> DataTypes.DOUBLE();
            case Oids.NUMERIC -> numeric(type.modifier());
            case Oids.MONEY -> DataTypes.DECIMAL(19, 2);
            case Oids.BYTEA -> DataTypes.BYTES();
            case Oids.DATE -> DataTypes.DATE();
            // Flink computes with milliseconds of a TIME, so a finer type would promise too much.
            case Oids.TIME -> DataTypes.TIME(timePrecision(type, 3));
            case Oids.TIMESTAMP -> DataTypes.TIMESTAMP(timePrecision(type, 6));
            case Oids.TIMESTAMPTZ ->
                    DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(timePrecision(type, 6));
            case Oids.BIT -> BitDecoders.isOneBit(type) ? DataTypes.BOOLEAN() : DataTypes.STRING();
            default -> text(type);
        };
    }

    private static int timePrecision(PostgresType type, int most) {
        return type.modifier() < 0 ? most : Math.min(most, type.modifier());
    }

    /**
     * The modifier is precision and scale in one number, plus 4; the scale has 11 bits and a sign.
     */
    private static DataType numeric(int modifier) {
        if (modifier < 4) {
            return DataTypes.STRING();
        }
        int precision = modifier - 4 >> 16 & 0xFFFF;
        int scale = (modifier - 4 & 0x7FF ^ 1024) - 1024;
        // numeric(5,-2) has 7 digits before the point, numeric(2,5) has 5 after it.
        int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
        return digits > DecimalType.MAX_PRECISION
                ? DataTypes.STRING()
                : DataTypes.DECIMAL(digits, Math.max(0, scale));
    }

    private static DataType text(PostgresType type) {
        boolean known =
                switch (type.oid()) {
                    case Oids.TEXT,
                            Oids.VARCHAR,
                            Oids.BPCHAR,
                            Oids.NAME,
                            Oids.CHAR,
                            Oids.UUID,
                            Oids.JSON,
                            Oids.JSONB,
                            Oids.JSONPATH,
                            Oids.XML,
                            Oids.TIMETZ,
                            Oids.INTERVAL,
                            Oids.VARBIT,
                            Oids.INET,
                            Oids.CIDR,
                            Oids.MACADDR,
                            Oids.MACADDR8,
                            Oids.PG_LSN,
                            Oids.TSVECTOR,
                            Oids.TSQUERY,
                            Oids.XID8 ->
                            true;
                    default -> type.isExtension("citext") || type.isExtension("ltree");
                };
        return known ? DataTypes.STRING() : null;
    }
}
