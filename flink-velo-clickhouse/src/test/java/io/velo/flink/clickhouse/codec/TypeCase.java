// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.DataType;

/**
 * One pair of types with values: what Flink holds and what the server prints for it.
 *
 * @param clickHouse the ClickHouse type
 * @param flink the Flink type
 * @param values Flink's internal value and the server's text, in turns
 */
record TypeCase(String clickHouse, DataType flink, List<Value> values) {

    /** A value: Flink's internal object (null for NULL) and what {@code toString} gives for it. */
    record Value(Object internal, String printed) {}

    static TypeCase of(String clickHouse, DataType flink, Object... pairs) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.add(new Value(pairs[i], (String) pairs[i + 1]));
        }
        return new TypeCase(clickHouse, flink, values);
    }

    @Override
    public String toString() {
        return clickHouse + " as " + flink;
    }
}
