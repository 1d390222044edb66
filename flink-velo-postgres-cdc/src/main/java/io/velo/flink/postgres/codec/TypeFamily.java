// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/** By which rules the values of a type are compared; what conditions mean depends on it. */
public enum TypeFamily {
    /** int2, int4, int8. */
    INTEGER,
    /** float4, float8: NaN is an ordinary value of the server's order and not of Flink's. */
    REAL,
    /** numeric with precision and scale. */
    DECIMAL,
    /** text, varchar. */
    TEXT,
    /** uuid: ordered as its text. */
    UUID,
    /** An enum: equal as its labels, ordered otherwise. */
    LABEL,
    /** bool. */
    BOOLEAN,
    /** date. */
    DATE,
    /** timestamp. */
    TIMESTAMP,
    /** timestamptz. */
    INSTANT,
    /** A type whose values are not compared on the server. */
    OTHER;

    /** The family of a type. */
    public static TypeFamily of(PostgresType type) {
        return switch (type.category()) {
            case ENUM -> LABEL;
            case ARRAY, OTHER -> OTHER;
            case BASE ->
                    switch (type.oid()) {
                        case Oids.INT2, Oids.INT4, Oids.INT8 -> INTEGER;
                        case Oids.FLOAT4, Oids.FLOAT8 -> REAL;
                        case Oids.NUMERIC -> type.modifier() < 0 ? OTHER : DECIMAL;
                        case Oids.TEXT, Oids.VARCHAR -> TEXT;
                        case Oids.UUID -> UUID;
                        case Oids.BOOL -> BOOLEAN;
                        case Oids.DATE -> DATE;
                        case Oids.TIMESTAMP -> TIMESTAMP;
                        case Oids.TIMESTAMPTZ -> INSTANT;
                        default -> OTHER;
                    };
        };
    }

    /** Whether values exist that a policy may hide from Flink: NaN and infinity. */
    public boolean hasSpecialValues() {
        return switch (this) {
            case DECIMAL, DATE, TIMESTAMP, INSTANT, OTHER -> true;
            case INTEGER, REAL, TEXT, UUID, LABEL, BOOLEAN -> false;
        };
    }

    /** Whether the values are texts of the database's encoding. */
    public boolean isText() {
        return this == TEXT || this == LABEL;
    }

    /** Whether less and greater mean the same as in Flink. */
    public boolean isOrdered() {
        return switch (this) {
            case INTEGER, REAL, DECIMAL, TEXT, UUID, DATE, TIMESTAMP, INSTANT -> true;
            case LABEL, BOOLEAN, OTHER -> false;
        };
    }
}
