// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import org.apache.flink.table.data.RowData;

/** The code of an enumeration's value as it is; codes without a name are refused. */
final class EnumCodeWriter extends ColumnWriter {

    private final LongField field;
    private final int width;
    private final long[] codes;

    EnumCodeWriter(ColumnTarget target, LongField field) {
        super(target);
        this.field = field;
        width = target.type().width();
        codes = target.type().names().stream().mapToLong(EnumName::code).toArray();
    }

    @Override
    void appendValue(RowData row, int index) {
        long code = field.get(row, index);
        if (java.util.Arrays.binarySearch(codes, code) < 0) {
            throw refuse("the codes of the enumeration only");
        }
        data.putInteger(code, width);
    }

    @Override
    void appendDefault() {
        data.putInteger(codes[0], width);
    }
}
