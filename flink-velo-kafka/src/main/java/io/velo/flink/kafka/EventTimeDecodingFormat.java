// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Flink's JSON decoder, which reads the event time as text, and the conversion behind it. */
final class EventTimeDecodingFormat implements DecodingFormat<DeserializationSchema<RowData>> {

    private final DecodingFormat<DeserializationSchema<RowData>> json;
    private final String column;
    private final EventTimeFormat format;
    private final boolean ignoresErrors;

    EventTimeDecodingFormat(
            DecodingFormat<DeserializationSchema<RowData>> json,
            String column,
            EventTimeFormat format,
            boolean ignoresErrors) {
        this.json = json;
        this.column = column;
        this.format = format;
        this.ignoresErrors = ignoresErrors;
    }

    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(
            DynamicTableSource.Context context, DataType rowType) {
        List<String> names = DataType.getFieldNames(rowType);
        int position = names.indexOf(column);
        if (position < 0) {
            return json.createRuntimeDecoder(context, rowType);
        }
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            DataType type = DataType.getFieldDataTypes(rowType).get(i);
            fields.add(DataTypes.FIELD(names.get(i), i == position ? DataTypes.STRING() : type));
        }
        return new EventTimeDeserializer(
                json.createRuntimeDecoder(context, DataTypes.ROW(fields)),
                context.createTypeInformation(rowType),
                position,
                column,
                format,
                ignoresErrors);
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return json.getChangelogMode();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return json.listReadableMetadata();
    }

    @Override
    public void applyReadableMetadata(List<String> metadataKeys) {
        json.applyReadableMetadata(metadataKeys);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventTimeDecodingFormat that
                && json.equals(that.json)
                && column.equals(that.column)
                && format.equals(that.format)
                && ignoresErrors == that.ignoresErrors;
    }

    @Override
    public int hashCode() {
        return Objects.hash(json, column, format, ignoresErrors);
    }
}
