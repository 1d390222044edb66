// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.io.IOException;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Columns whose values all have one width: the bytes are taken as they are. */
final class FixedReader extends ColumnReader {

    /** Makes a view of the column's bytes, after checking what needs to be checked. */
    @FunctionalInterface
    interface View {
        ColumnVector of(byte[] data, byte[] nulls);
    }

    private final int width;
    private final View view;

    FixedReader(ColumnSource source, View view) {
        super(source);
        this.width = source.type().width();
        this.view = view;
    }

    @Override
    ColumnVector readValues(WireInput in, int rows, byte[] nulls) throws IOException {
        return view.of(in.readBytes((long) rows * width), nulls);
    }
}
