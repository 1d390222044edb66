// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.lookup.LookupAnswers;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;

/** One key of a request, the row that is being made of it, and where its answer goes. */
final class LookupRequest {

    private final LookupPlan plan;
    private final RedisKey key;
    private final int position;
    private final LookupAnswers answers;
    private GenericRowData row;

    /**
     * A key of a request.
     *
     * @param position where it stands in the request
     */
    LookupRequest(LookupPlan plan, RedisKey key, int position, LookupAnswers answers) {
        this.plan = plan;
        this.key = key;
        this.position = position;
        this.answers = answers;
    }

    /** The key in Redis. */
    byte[] key() {
        return key.bytes();
    }

    /** The row, to be filled with the columns of the value. */
    GenericRowData row() {
        if (row == null) {
            row = new GenericRowData(plan.arity());
            for (int i = 0; i < plan.keys().size(); i++) {
                if (plan.inTemplate()[i]) {
                    row.setField(plan.keys().position(i), key.values().get(i));
                }
            }
        }
        return row;
    }

    /** The key exists and the row is filled. */
    void found() {
        answers.rows(position, matches() ? List.of(row()) : List.of());
    }

    /** The key does not exist. */
    void missed() {
        answers.rows(position, List.of());
    }

    /** The key could not be read. */
    void failed(Throwable reason) {
        answers.failed(position, reason);
    }

    /** Compares what the join compares besides the key; NULL equals nothing. */
    private boolean matches() {
        for (int i = 0; i < plan.keys().size(); i++) {
            if (!plan.inTemplate()[i]
                    && !equal(row().getField(plan.keys().position(i)), key.values().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Object read, Object expected) {
        if (read instanceof byte[] bytes && expected instanceof byte[] others) {
            return Arrays.equals(bytes, others);
        }
        return read != null && read.equals(expected);
    }
}
