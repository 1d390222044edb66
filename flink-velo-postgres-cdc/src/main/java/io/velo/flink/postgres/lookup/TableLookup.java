// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.sql.Relation;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;

/**
 * What is looked up and how. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param settings the database
 * @param relation the table or query
 * @param rowType the columns of the rows that a lookup returns
 * @param filter an SQL condition over the alias {@code t}, made by Velo; empty for all rows
 * @param key positions of the key's columns in {@code rowType}, in the order of the key rows
 * @param limits how keys are put together
 * @param specialValues what becomes of values that a Flink type cannot hold
 * @param backoff how a lost connection is opened again
 */
public record TableLookup(
        ConnectSettings settings,
        Relation relation,
        RowType rowType,
        String filter,
        List<Integer> key,
        Limits limits,
        SpecialValues specialValues,
        Backoff backoff)
        implements Serializable {

    public TableLookup {
        key = List.copyOf(key);
    }

    /**
     * How keys are put together into requests.
     *
     * @param batchSize keys per request at the most
     * @param batchTimeout longest time that a key waits for others
     * @param capacity lookups that Flink keeps under way per subtask: once so many wait, no more
     *     can come and the request goes out
     */
    public record Limits(int batchSize, Duration batchTimeout, int capacity)
            implements Serializable {}

    /** What is done, for messages. */
    String work() {
        return "looking up rows of " + relation;
    }
}
