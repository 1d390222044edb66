// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DistinctType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * Writes a row as a JSON object, for dead letters of sinks. Flink's json format reads it back under
 * {@code 'json.timestamp-format.standard'='ISO-8601'}: dates and times are ISO-8601, bytes Base64;
 * NaN and the infinities, which JSON lacks, are texts. Types that JSON cannot hold stand as null.
 * Immutable, therefore thread-safe.
 */
public final class RowJson implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowType type;

    /** Rows of this type. */
    public RowJson(RowType type) {
        this.type = type;
    }

    /** The row as UTF-8. */
    public byte[] bytes(RowData row) {
        StringBuilder json = new StringBuilder();
        object(row, type.getFieldNames(), type.getChildren(), json);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void object(
            RowData row, List<String> names, List<LogicalType> types, StringBuilder json) {
        json.append('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            JsonText.quote(names.get(i), json);
            json.append(':');
            value(
                    RowData.createFieldGetter(types.get(i), i).getFieldOrNull(row),
                    types.get(i),
                    json);
        }
        json.append('}');
    }

    private static void value(Object value, LogicalType type, StringBuilder json) {
        if (value == null) {
            json.append("null");
            return;
        }
        switch (type.getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME ->
                    json.append(value);
            case FLOAT, DOUBLE -> number((Number) value, json);
            case DECIMAL -> decimal(((DecimalData) value).toBigDecimal(), json);
            case DATE -> JsonText.quote(LocalDate.ofEpochDay((Integer) value).toString(), json);
            case TIME_WITHOUT_TIME_ZONE -> JsonText.quote(time((Integer) value), json);
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    JsonText.quote(timestamp((TimestampData) value), json);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    JsonText.quote(timestamp((TimestampData) value) + "Z", json);
            case BINARY, VARBINARY ->
                    JsonText.quote(Base64.getEncoder().encodeToString((byte[]) value), json);
            case ARRAY -> array((ArrayData) value, ((ArrayType) type).getElementType(), json);
            case MAP -> {
                MapType map = (MapType) type;
                map((MapData) value, map.getKeyType(), map.getValueType(), json);
            }
            case MULTISET ->
                    map(
                            (MapData) value,
                            ((MultisetType) type).getElementType(),
                            new org.apache.flink.table.types.logical.IntType(),
                            json);
            case ROW, STRUCTURED_TYPE ->
                    object(
                            (RowData) value,
                            LogicalTypeChecks.getFieldNames(type),
                            type.getChildren(),
                            json);
            case DISTINCT_TYPE -> value(value, ((DistinctType) type).getSourceType(), json);
            case RAW, NULL, SYMBOL, UNRESOLVED -> json.append("null");
            default -> JsonText.quote(value.toString(), json);
        }
    }

    private static void number(Number value, StringBuilder json) {
        if (Double.isFinite(value.doubleValue())) {
            json.append(value);
        } else {
            JsonText.quote(value.toString(), json);
        }
    }

    private static void decimal(BigDecimal value, StringBuilder json) {
        json.append(value.toPlainString());
    }

    private static String time(int millisOfDay) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(
                LocalTime.ofNanoOfDay(millisOfDay * 1_000_000L));
    }

    private static String timestamp(TimestampData value) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value.toLocalDateTime());
    }

    private static void array(ArrayData array, LogicalType element, StringBuilder json) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(element);
        json.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            value(getter.getElementOrNull(array, i), element, json);
        }
        json.append(']');
    }

    private static void map(
            MapData map, LogicalType keyType, LogicalType valueType, StringBuilder json) {
        ArrayData keys = map.keyArray();
        ArrayData values = map.valueArray();
        ArrayData.ElementGetter key = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter value = ArrayData.createElementGetter(valueType);
        json.append('{');
        for (int i = 0; i < keys.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            JsonText.quote(String.valueOf(key.getElementOrNull(keys, i)), json);
            json.append(':');
            value(value.getElementOrNull(values, i), valueType, json);
        }
        json.append('}');
    }
}
