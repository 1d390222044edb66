// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/** Which field of a Flink row belongs to which field of a tuple. */
final class TupleFields {

    private TupleFields() {}

    /**
     * For each field of the tuple its position in the row: by name if the names are the same, by
     * order if the tuple has no names of its own; null if the two do not fit.
     */
    static int[] positions(ClickHouseType tuple, RowType row) {
        List<String> names = tuple.fields().stream().map(ClickHouseType.Field::name).toList();
        List<String> flink = row.getFieldNames();
        if (names.size() != flink.size()) {
            return null;
        }
        int[] positions = new int[names.size()];
        if (new HashSet<>(names).equals(new HashSet<>(flink))) {
            Arrays.setAll(positions, i -> flink.indexOf(names.get(i)));
            return positions;
        }
        boolean unnamed = !tuple.base().startsWith("Tuple(") || names.get(0).equals("f0");
        if (!unnamed) {
            return null;
        }
        Arrays.setAll(positions, i -> i);
        return positions;
    }
}
