// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import java.util.Iterator;
import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.common.io.NonParallelInput;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.source.DynamicTableSource.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/** Emits the rows of a memory table. Flink uses it from one thread. */
final class MemoryInputFormat extends GenericInputFormat<RowData> implements NonParallelInput {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final DataStructureConverter converter;
    private transient Iterator<Row> rows;

    MemoryInputFormat(String name, DataStructureConverter converter) {
        this.name = name;
        this.converter = converter;
    }

    @Override
    public void open(GenericInputSplit split) throws java.io.IOException {
        super.open(split);
        converter.open(RuntimeConverter.Context.create(getClass().getClassLoader()));
        rows = MemoryTables.get(name).rows().iterator();
    }

    @Override
    public boolean reachedEnd() {
        return !rows.hasNext();
    }

    @Override
    public RowData nextRecord(RowData reuse) {
        return (RowData) converter.toInternal(rows.next());
    }
}
