// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.retry.FailureClass;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * What a scheme brings to a lookup join: how keys are made of rows, and the servers that answer
 * them. {@link BatchingLookup} does the rest: batching, threads, retries, cache, circuit breaker,
 * fallback and metrics. Immutable and thread-safe; travels to the workers with its references
 * unread.
 *
 * @param <K> a key, with {@code equals} and {@code hashCode} by what is asked for and what the rows
 *     of the answer hold: two keys that are equal get the same answer
 */
public interface LookupTable<K> extends Serializable {

    /** The canonical name of the scheme, for metrics and threads. */
    String scheme();

    /** The table's name in Flink, for messages. */
    String name();

    /** The servers that hold the table: its own first, then those to fall back to. */
    List<? extends LookupServer<K>> servers();

    /**
     * The key of a row of lookup keys. Called by the task's thread for every row, so it does no
     * I/O; the key must not share memory with the row, which Flink may use again.
     *
     * @return null if no row of the table can match, as with NULL in a column
     */
    K key(RowData keyRow);

    /**
     * The row for a key under {@code lookup.on-open=null}: the columns of the key as given, NULL in
     * all others.
     */
    RowData rowOfNulls(K key);

    /**
     * The class of a failure of {@link LookupServer#connect} or {@link LookupConnection#lookUp}. A
     * transient or doubtful one counts against the server; the others are answers of it.
     */
    FailureClass classify(Throwable failure);

    /**
     * What to tell of the failure of the last attempt, by default the failure itself.
     *
     * @param attempts how many attempts there were
     * @param spent the time from the first attempt to this one's end
     */
    default Throwable told(Throwable failure, int attempts, Duration spent) {
        return failure;
    }
}
