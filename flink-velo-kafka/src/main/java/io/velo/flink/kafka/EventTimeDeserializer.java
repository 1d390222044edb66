// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.util.Collector;

/**
 * Decodes records with Flink's JSON format and replaces the text of the event time by the time
 * itself, in the row that the format made. One per reader; not thread-safe.
 */
final class EventTimeDeserializer implements DeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<RowData> json;
    private final TypeInformation<RowData> producedType;
    private final int position;
    private final String column;
    private final EventTimeFormat format;
    private final boolean ignoresErrors;
    private transient Converter converter;

    EventTimeDeserializer(
            DeserializationSchema<RowData> json,
            TypeInformation<RowData> producedType,
            int position,
            String column,
            EventTimeFormat format,
            boolean ignoresErrors) {
        this.json = json;
        this.producedType = producedType;
        this.position = position;
        this.column = column;
        this.format = format;
        this.ignoresErrors = ignoresErrors;
    }

    @Override
    public void open(InitializationContext context) throws Exception {
        json.open(context);
    }

    @Override
    public RowData deserialize(byte[] message) throws IOException {
        RowData row = json.deserialize(message);
        return row == null ? null : convert(row);
    }

    @Override
    public void deserialize(byte[] message, Collector<RowData> out) throws IOException {
        if (converter == null) {
            converter = new Converter();
        }
        converter.out = out;
        json.deserialize(message, converter);
    }

    private RowData convert(RowData row) {
        if (!row.isNullAt(position)) {
            ((GenericRowData) row).setField(position, time(row.getString(position).toString()));
        }
        return row;
    }

    private TimestampData time(String text) {
        try {
            return TimestampData.fromEpochMillis(format.parse(text));
        } catch (RuntimeException e) {
            if (ignoresErrors) {
                return null;
            }
            throw Problem.of(
                            ErrorCode.SCHEMA_VALUE,
                            "A record's event time in column '"
                                    + column
                                    + "' is not written as event-time.format="
                                    + format
                                    + ".")
                    .remedy(
                            "Set the format, or json.ignore-parse-errors=true to read such a time"
                                    + " as NULL.")
                    .toException();
        }
    }

    @Override
    public boolean isEndOfStream(RowData nextElement) {
        return json.isEndOfStream(nextElement);
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return producedType;
    }

    private final class Converter implements Collector<RowData> {

        private Collector<RowData> out;

        @Override
        public void collect(RowData row) {
            out.collect(convert(row));
        }

        @Override
        public void close() {
            out.close();
        }
    }
}
