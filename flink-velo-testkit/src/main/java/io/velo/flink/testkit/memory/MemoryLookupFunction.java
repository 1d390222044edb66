// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.source.DynamicTableSource.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.types.Row;

/** Looks rows of a memory table up by walking over them all: tables of tests are small. */
public final class MemoryLookupFunction extends LookupFunction {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final RowData.FieldGetter[] keyFields;
    private final RowData.FieldGetter[] rowFields;
    private final DataStructureConverter converter;

    /**
     * A lookup by some columns.
     *
     * @param keyFields read the fields of the key
     * @param rowFields read the columns of a row that must equal them, in the same order
     */
    MemoryLookupFunction(
            String name,
            RowData.FieldGetter[] keyFields,
            RowData.FieldGetter[] rowFields,
            DataStructureConverter converter) {
        this.name = name;
        this.keyFields = keyFields;
        this.rowFields = rowFields;
        this.converter = converter;
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        super.open(context);
        converter.open(RuntimeConverter.Context.create(getClass().getClassLoader()));
    }

    @Override
    public Collection<RowData> lookup(RowData key) {
        List<RowData> found = new ArrayList<>();
        for (Row row : MemoryTables.get(name).rows()) {
            RowData internal = (RowData) converter.toInternal(row);
            if (matches(key, internal)) {
                found.add(internal);
            }
        }
        return found;
    }

    private boolean matches(RowData key, RowData row) {
        for (int i = 0; i < keyFields.length; i++) {
            Object wanted = keyFields[i].getFieldOrNull(key);
            if (wanted == null || !wanted.equals(rowFields[i].getFieldOrNull(row))) {
                return false;
            }
        }
        return true;
    }
}
