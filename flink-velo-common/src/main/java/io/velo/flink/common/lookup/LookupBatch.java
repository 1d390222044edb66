// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** The answers to a batch of keys, through one or several attempts. For the thread that asks. */
final class LookupBatch<K> implements LookupAnswers {

    private final List<PendingKey<K>> keys;
    private final Object[] answers;
    private List<K> asked = List.of();
    private int[] positions = {};

    LookupBatch(List<PendingKey<K>> keys) {
        this.keys = keys;
        this.answers = new Object[keys.size()];
    }

    List<PendingKey<K>> keys() {
        return keys;
    }

    /** The keys that have no answer yet, for the next attempt. */
    List<K> open() {
        asked = new ArrayList<>(keys.size());
        positions = new int[keys.size()];
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                positions[asked.size()] = i;
                asked.add(keys.get(i).key());
            }
        }
        return asked;
    }

    @Override
    public void rows(int key, Collection<RowData> rows) {
        answers[positions[key]] = rows;
    }

    @Override
    public void failed(int key, Throwable reason) {
        answers[positions[key]] = reason;
    }

    /** What is known of a key: its rows, none, or a {@link Throwable}. */
    Object answer(int position) {
        return answers[position] == null ? List.of() : answers[position];
    }

    /** Whether a key has an answer. */
    boolean isAnswered(int position) {
        return answers[position] != null;
    }
}
