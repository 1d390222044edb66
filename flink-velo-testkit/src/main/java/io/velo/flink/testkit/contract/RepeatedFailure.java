// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.types.Row;

/** Lets rows through, and fails the job after some rows of each attempt, so many times. */
final class RepeatedFailure implements MapFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private static final int ROWS_BETWEEN = 20;

    /** The failures that are still to come, by the name of the job. */
    private static final Map<String, AtomicInteger> LEFT = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private transient int rows;

    RepeatedFailure(int times) {
        LEFT.put(name, new AtomicInteger(times));
    }

    @Override
    public Row map(Row row) {
        rows++;
        if (rows == ROWS_BETWEEN && LEFT.get(name).decrementAndGet() >= 0) {
            throw new IllegalStateException("One of the failures that the test wants.");
        }
        return row;
    }
}
