// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.function.ToLongFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;

/** Writes a {@link GeneratedColumn}. */
final class GeneratedWriter extends ColumnWriter {

    private final ToLongFunction<RowData> value;
    private final int width;

    GeneratedWriter(GeneratedColumn column) {
        super(new ColumnTarget(column.name(), column.type(), new BigIntType(false), -1, true));
        value = column.value();
        width = column.type().width();
    }

    @Override
    void appendValue(RowData row, int index) {
        data.putInteger(value.applyAsLong(row), width);
    }
}
