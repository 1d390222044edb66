// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import java.util.List;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/** Reads a memory table as it stands when the job opens it, or looks rows up in it. */
final class MemoryTableSource implements ScanTableSource, LookupTableSource {

    private final String name;
    private final DataType type;

    MemoryTableSource(String name, DataType type) {
        this.name = name;
        this.type = type;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return InputFormatProvider.of(
                new MemoryInputFormat(name, context.createDataStructureConverter(type)));
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        List<LogicalType> types = type.getLogicalType().getChildren();
        int[][] keys = context.getKeys();
        RowData.FieldGetter[] keyFields = new RowData.FieldGetter[keys.length];
        RowData.FieldGetter[] rowFields = new RowData.FieldGetter[keys.length];
        for (int i = 0; i < keys.length; i++) {
            int position = keys[i][0];
            keyFields[i] = RowData.createFieldGetter(types.get(position), i);
            rowFields[i] = RowData.createFieldGetter(types.get(position), position);
        }
        return LookupFunctionProvider.of(
                new MemoryLookupFunction(
                        name, keyFields, rowFields, context.createDataStructureConverter(type)));
    }

    @Override
    public DynamicTableSource copy() {
        return new MemoryTableSource(name, type);
    }

    @Override
    public String asSummaryString() {
        return "memory://" + name;
    }
}
