// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.List;

/** Turns the columns of a block into the body of an insert. Used by one thread at a time. */
interface BlockEncoder {

    /** The encoder of this layout, which is not Native. */
    static BlockEncoder of(BlockLayout layout, List<Column> columns) {
        return switch (layout.format()) {
            case ROWBINARY -> new RowBinaryEncoder(columns, layout.flagsDefaults());
            case JSON -> new JsonEncoder(columns);
            case TSV -> new TabSeparatedEncoder(columns);
            case PARQUET -> new ParquetEncoder(columns);
            case ARROW -> new ArrowEncoder(columns);
            case NATIVE -> throw new IllegalArgumentException(layout.toString());
        };
    }

    /** Appends all rows to the body and returns how many bytes they have. */
    long encode(List<ColumnBytes> block, int rows, Body body);

    /**
     * One column of the rows.
     *
     * @param name the column
     * @param type the type as which the format holds its values
     * @param defaulted whether NULL stands for its default
     */
    record Column(String name, ClickHouseType type, boolean defaulted) {}
}
