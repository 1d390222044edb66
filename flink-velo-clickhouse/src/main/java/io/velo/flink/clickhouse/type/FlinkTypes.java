// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import io.velo.flink.clickhouse.option.TypeOptions.FixedString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/**
 * The Flink type that a discovered ClickHouse column gets. Wide integers and decimals of more than
 * 38 digits become text, because no Flink number holds them; Flink's TIME counts milliseconds, so
 * finer digits are not offered. Stateless, therefore thread-safe.
 */
public final class FlinkTypes {

    private final TypeChoice choice;

    private FlinkTypes(TypeChoice choice) {
        this.choice = choice;
    }

    /** The default Flink type, or nothing for a type that this version does not support. */
    public static Optional<DataType> of(ClickHouseType type) {
        return of(type, TypeChoice.DEFAULT);
    }

    /** The Flink type by this choice, or nothing for a type that is not supported. */
    public static Optional<DataType> of(ClickHouseType type, TypeChoice choice) {
        return new FlinkTypes(choice).find(type);
    }

    private Optional<DataType> find(ClickHouseType type) {
        DataType plain = plain(type);
        if (plain == null) {
            return Optional.empty();
        }
        return Optional.of(type.nullable() ? plain.nullable() : plain.notNull());
    }

    private DataType plain(ClickHouseType type) {
        return switch (type.kind()) {
            case BOOL -> DataTypes.BOOLEAN();
            case SIGNED -> signed(type.width());
            case UNSIGNED -> unsigned(type.width());
            case FLOAT -> type.width() == 4 ? DataTypes.FLOAT() : DataTypes.DOUBLE();
            case BFLOAT16 -> DataTypes.FLOAT();
            case DECIMAL ->
                    type.precision() > 38
                            ? DataTypes.STRING()
                            : DataTypes.DECIMAL(type.precision(), type.scale());
            case STRING, ENUM, UUID, IPV4, IPV6, JSON -> DataTypes.STRING();
            case FIXED_STRING ->
                    choice.fixedStrings() == FixedString.STRING
                            ? DataTypes.STRING()
                            : DataTypes.BINARY(type.width());
            case DATE, DATE32 -> DataTypes.DATE();
            case DATETIME -> DataTypes.TIMESTAMP_LTZ(0);
            case DATETIME64 -> DataTypes.TIMESTAMP_LTZ(type.precision());
            case TIME -> DataTypes.TIME(0);
            case TIME64 -> DataTypes.TIME(Math.min(type.precision(), 3));
            case INTERVAL -> DataTypes.BIGINT();
            case ANY -> DataTypes.STRING();
            case STATE -> DataTypes.BYTES();
            case ARRAY, VECTOR, MAP, TUPLE -> nested(type);
            case UNSUPPORTED -> null;
        };
    }

    private DataType nested(ClickHouseType type) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (ClickHouseType.Field field : type.fields()) {
            Optional<DataType> part = find(field.type());
            if (part.isEmpty()) {
                return null;
            }
            fields.add(DataTypes.FIELD(field.name(), part.get()));
        }
        DataType first = fields.get(0).getDataType();
        return switch (type.kind()) {
            case TUPLE -> DataTypes.ROW(fields);
            case MAP -> DataTypes.MAP(first, fields.get(1).getDataType());
            default -> DataTypes.ARRAY(first);
        };
    }

    private DataType signed(int width) {
        return switch (width) {
            case 1 -> DataTypes.TINYINT();
            case 2 -> DataTypes.SMALLINT();
            case 4 -> DataTypes.INT();
            case 8 -> DataTypes.BIGINT();
            default -> wide(width);
        };
    }

    private DataType unsigned(int width) {
        return switch (width) {
            case 1 -> DataTypes.SMALLINT();
            case 2 -> DataTypes.INT();
            case 4 -> DataTypes.BIGINT();
            case 8 -> DataTypes.DECIMAL(20, 0);
            default -> wide(width);
        };
    }

    private DataType wide(int width) {
        return switch (choice.bigInts()) {
            case STRING -> DataTypes.STRING();
            case DECIMAL -> DataTypes.DECIMAL(38, 0);
            case BYTES -> DataTypes.BINARY(width);
        };
    }
}
