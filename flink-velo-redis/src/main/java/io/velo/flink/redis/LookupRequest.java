// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** One key that is looked up, the row that is being made of it, and who waits for it. */
final class LookupRequest {

    private static final List<RowData> NOTHING = List.of();

    private final LookupPlan plan;
    private final byte[] key;
    private final GenericRowData row;
    private final Object[] expected;
    private final CompletableFuture<Collection<RowData>> answer = new CompletableFuture<>();

    /**
     * A request for a key.
     *
     * @param keyRow the lookup keys; read now, because Flink may reuse its memory
     */
    LookupRequest(LookupPlan plan, byte[] key, RowData keyRow) {
        this.plan = plan;
        this.key = key;
        this.row = new GenericRowData(plan.arity());
        this.expected = new Object[plan.keys().size()];
        for (int i = 0; i < expected.length; i++) {
            LookupPlan.LookupKey column = plan.keys().get(i);
            Object value = own(column.getter().getFieldOrNull(keyRow));
            if (column.inTemplate()) {
                row.setField(column.position(), value);
            } else {
                expected[i] = value;
            }
        }
    }

    /** The key in Redis. */
    byte[] key() {
        return key;
    }

    /** The row, to be filled with the columns of the value. */
    GenericRowData row() {
        return row;
    }

    /** Completed with one row, with none, or with what went wrong. */
    CompletableFuture<Collection<RowData>> answer() {
        return answer;
    }

    /** The key exists and the row is filled. */
    void found() {
        answer.complete(matches() ? List.of(row) : NOTHING);
    }

    /** The key does not exist. */
    void missed() {
        answer.complete(NOTHING);
    }

    /** The key could not be read; does nothing if the request is answered already. */
    void failed(Throwable reason) {
        answer.completeExceptionally(reason);
    }

    /** Compares what the join compares besides the key; NULL equals nothing. */
    private boolean matches() {
        for (int i = 0; i < expected.length; i++) {
            LookupPlan.LookupKey column = plan.keys().get(i);
            if (!column.inTemplate() && !equal(row.getField(column.position()), expected[i])) {
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

    private static Object own(Object value) {
        if (value instanceof BinaryStringData text) {
            return text.copy();
        }
        return value instanceof StringData text ? StringData.fromBytes(text.toBytes()) : value;
    }
}
