// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType.EnumName;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** The name of an enumeration's value into its code. */
final class EnumWriter extends ColumnWriter {

    private final Map<StringData, Integer> codes = new HashMap<>();
    private final int width;
    private final int first;

    EnumWriter(ColumnTarget target) {
        super(target);
        width = target.type().width();
        first = target.type().names().get(0).code();
        for (EnumName name : target.type().names()) {
            BinaryStringData key = BinaryStringData.fromString(name.name());
            key.ensureMaterialized();
            codes.put(key, name.code());
        }
    }

    @Override
    void appendValue(RowData row, int index) {
        BinaryStringData name = (BinaryStringData) row.getString(index);
        name.ensureMaterialized();
        Integer code = codes.get(name);
        if (code == null) {
            throw refuse("the names of the enumeration only");
        }
        data.putInteger(code, width);
    }

    @Override
    void appendDefault() {
        data.putInteger(first, width);
    }
}
