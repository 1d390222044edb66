// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.RowData;

/** Gives made rows again and again, so that a benchmark does not measure how they are made. */
final class RowPicker implements MapFunction<Long, RowData> {

    private static final long serialVersionUID = 1L;

    private final int count;
    private transient RowData[] rows;

    RowPicker(int count) {
        this.count = count;
    }

    @Override
    public RowData map(Long number) {
        if (rows == null) {
            rows = ClickHouseRows.make(count);
        }
        return rows[(int) (number % count)];
    }
}
