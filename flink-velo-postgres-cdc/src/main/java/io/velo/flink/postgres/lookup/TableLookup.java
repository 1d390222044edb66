// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.sql.Relation;
import java.io.Serializable;
import org.apache.flink.table.types.logical.RowType;

/**
 * What is looked up and how. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param name the table's name in Flink, for messages
 * @param relation the table or query
 * @param rowType the columns of the rows that a lookup returns
 * @param filter an SQL condition over the alias {@code t}, made by Velo; empty for all rows
 * @param key the key's columns in {@code rowType}, in the order of the key rows
 * @param specialValues what becomes of values that a Flink type cannot hold
 */
public record TableLookup(
        String name,
        Relation relation,
        RowType rowType,
        String filter,
        KeyColumns key,
        SpecialValues specialValues)
        implements Serializable {

    /** What is done, for messages. */
    String work() {
        return "looking up rows of " + relation;
    }
}
