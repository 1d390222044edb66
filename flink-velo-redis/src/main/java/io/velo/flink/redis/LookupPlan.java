// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.data.RowData;

/**
 * What a lookup join asks for and how the answer becomes a row, decided at planning. Immutable,
 * therefore thread-safe.
 *
 * @param id names this join in this job: its parallel instances share connections
 * @param table the table's name in Flink, for messages
 * @param endpoint the server
 * @param template builds the key from the row of lookup keys
 * @param keys what happens with each lookup key, in their order
 * @param values the columns that are read from the value
 * @param arity columns of the rows that are produced
 * @param type what the keys hold, or null if the first key found shall tell
 */
record LookupPlan(
        UUID id,
        String table,
        RedisEndpoint endpoint,
        KeyTemplate template,
        List<LookupKey> keys,
        List<ValueColumn> values,
        int arity,
        ValueType type)
        implements Serializable {

    /**
     * One column that the join compares.
     *
     * @param getter reads it from the row of lookup keys
     * @param position where the column stands in the rows that are produced
     * @param inTemplate whether it is part of the key; else what is read must equal it
     */
    record LookupKey(RowData.FieldGetter getter, int position, boolean inTemplate)
            implements Serializable {}

    LookupPlan {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }
}
