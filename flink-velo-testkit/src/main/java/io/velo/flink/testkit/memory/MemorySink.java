// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/** Applies each row to a memory table as it comes. Immutable, therefore thread-safe. */
final class MemorySink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int[] keyPositions;
    private final DataStructureConverter converter;

    MemorySink(String name, int[] keyPositions, DataStructureConverter converter) {
        this.name = name;
        this.keyPositions = keyPositions;
        this.converter = converter;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        converter.open(RuntimeConverter.Context.create(getClass().getClassLoader()));
        MemoryTable table = MemoryTables.get(name);
        return new SinkWriter<>() {
            @Override
            public void write(RowData element, Context writeContext) {
                Row row = (Row) converter.toExternal(element);
                row.setKind(element.getRowKind());
                table.apply(row, keyPositions);
            }

            @Override
            public void flush(boolean endOfInput) {
                // Rows are visible as soon as they are written.
            }

            @Override
            public void close() {
                // The table outlives the job.
            }
        };
    }
}
