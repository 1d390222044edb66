// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.lookup.KeyColumns;
import java.io.Serializable;
import java.util.List;

/**
 * What a lookup join asks for and how the answer becomes a row, decided at planning. Immutable but
 * for its array, which nobody changes; therefore thread-safe.
 *
 * @param table the table's name in Flink, for messages
 * @param template builds the key from the row of lookup keys
 * @param keys the columns that the join compares
 * @param inTemplate whether each of them is part of the key; else what is read must equal it
 * @param values the columns that are read from the value
 * @param arity columns of the rows that are produced
 * @param type what the keys hold, or null if the first key found shall tell
 */
record LookupPlan(
        String table,
        KeyTemplate template,
        KeyColumns keys,
        boolean[] inTemplate,
        List<ValueColumn> values,
        int arity,
        ValueType type)
        implements Serializable {

    LookupPlan {
        values = List.copyOf(values);
    }
}
