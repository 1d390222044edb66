// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/**
 * The shape that some JSON values have in common: the narrowest type into which all of them fit.
 * Immutable, therefore thread-safe.
 */
sealed interface JsonShape {

    /** The shape of values of both. */
    JsonShape merge(JsonShape other);

    /** The nullable column type. */
    DataType type();

    /** Kinds of values that are neither objects nor arrays. */
    enum Kind {
        NULL,
        BOOLEAN,
        BIGINT,
        DECIMAL,
        DOUBLE,
        DATE,
        TIMESTAMP,
        TIMESTAMP_LTZ,
        TEXT;

        boolean isNumber() {
            return this == BIGINT || this == DECIMAL || this == DOUBLE;
        }

        boolean isTimestamp() {
            return this == TIMESTAMP || this == TIMESTAMP_LTZ;
        }
    }

    /**
     * A value that is neither object nor array.
     *
     * @param precision digits of the second's fraction of a timestamp, else 0
     */
    record Scalar(Kind kind, int precision) implements JsonShape {

        /** The longest whole number that fits into a DECIMAL. */
        static final int MAX_DIGITS = 38;

        static final Scalar NULL = new Scalar(Kind.NULL, 0);
        static final Scalar TEXT = new Scalar(Kind.TEXT, 0);

        @Override
        public JsonShape merge(JsonShape other) {
            if (equals(other) || other.equals(NULL)) {
                return this;
            }
            if (kind == Kind.NULL) {
                return other;
            }
            if (!(other instanceof Scalar that)) {
                return TEXT;
            }
            if (kind.isNumber() && that.kind.isNumber()) {
                return kind.compareTo(that.kind) >= 0 ? this : that;
            }
            if (kind.isTimestamp() && kind == that.kind) {
                return precision >= that.precision ? this : that;
            }
            return TEXT;
        }

        @Override
        public DataType type() {
            return switch (kind) {
                case BOOLEAN -> DataTypes.BOOLEAN();
                case BIGINT -> DataTypes.BIGINT();
                case DECIMAL -> DataTypes.DECIMAL(MAX_DIGITS, 0);
                case DOUBLE -> DataTypes.DOUBLE();
                case DATE -> DataTypes.DATE();
                case TIMESTAMP -> DataTypes.TIMESTAMP(precision);
                case TIMESTAMP_LTZ -> DataTypes.TIMESTAMP_LTZ(precision);
                case NULL, TEXT -> DataTypes.STRING();
            };
        }
    }

    /** An object: the union of the fields seen. */
    record Row(Map<String, JsonShape> fields) implements JsonShape {

        @Override
        public JsonShape merge(JsonShape other) {
            if (other.equals(Scalar.NULL)) {
                return this;
            }
            if (!(other instanceof Row that)) {
                return Scalar.TEXT;
            }
            Map<String, JsonShape> union = new LinkedHashMap<>(fields);
            that.fields.forEach((name, shape) -> union.merge(name, shape, JsonShape::merge));
            return new Row(union);
        }

        /** A row has at least one field: an object that is always empty is text. */
        @Override
        public DataType type() {
            if (fields.isEmpty()) {
                return DataTypes.STRING();
            }
            return DataTypes.ROW(
                    fields.entrySet().stream()
                            .map(f -> DataTypes.FIELD(f.getKey(), f.getValue().type()))
                            .toArray(DataTypes.Field[]::new));
        }
    }

    /** An array: the shape that all its elements have in common. */
    record Array(JsonShape element) implements JsonShape {

        @Override
        public JsonShape merge(JsonShape other) {
            if (other.equals(Scalar.NULL)) {
                return this;
            }
            return other instanceof Array that
                    ? new Array(element.merge(that.element))
                    : Scalar.TEXT;
        }

        @Override
        public DataType type() {
            return DataTypes.ARRAY(element.type());
        }
    }
}
