// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;

/** A key that waits for its answer, for all the rows that want it. Guarded by its queue. */
final class PendingKey<K> {

    private final K key;
    private final CompletableFuture<Collection<RowData>> answer = new CompletableFuture<>();
    private int rows = 1;
    private boolean sent;
    private PendingKey<K> next;

    PendingKey(K key) {
        this.key = key;
    }

    K key() {
        return key;
    }

    /** Completed with the rows that have the key, or with the failure. */
    CompletableFuture<Collection<RowData>> answer() {
        return answer;
    }

    /** One more row wants it. */
    void join() {
        rows++;
    }

    /** How many rows want it. */
    int rows() {
        return rows;
    }

    /** Whether a request with it is on its way. */
    boolean isSent() {
        return sent;
    }

    void send() {
        sent = true;
    }

    /** The same key for rows that came when this one was sent already, or null. */
    PendingKey<K> next() {
        return next;
    }

    void followedBy(PendingKey<K> later) {
        next = later;
    }
}
