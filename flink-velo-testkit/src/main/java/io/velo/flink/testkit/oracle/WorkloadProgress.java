// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * How far a {@link WorkloadSource} has come, for those who time faults by it. It is known in the
 * JVM that runs the source only. Thread-safe.
 */
public final class WorkloadProgress {

    private static final Map<String, WorkloadProgress> RUNS = new ConcurrentHashMap<>();

    private final Map<Integer, Long> positions = new ConcurrentHashMap<>();
    private final Map<Integer, Long> sizes = new ConcurrentHashMap<>();

    private volatile DoubleSupplier most = () -> 1;

    private WorkloadProgress() {}

    /** The progress of the run with this name, the same for all who ask. */
    static WorkloadProgress of(String run) {
        return RUNS.computeIfAbsent(run, any -> new WorkloadProgress());
    }

    void expect(int writer, long rows) {
        sizes.put(writer, rows);
    }

    /**
     * Holds the source back wherever it has come to a part of its rows that somebody says, asked
     * again and again, from 0 to 1: so that none of the faults comes too late on a busy machine.
     */
    public void holdAt(DoubleSupplier newMost) {
        most = newMost;
    }

    boolean isHeld(int writer, long position) {
        double part = most.getAsDouble();
        return part < 1 && position >= part * sizes.getOrDefault(writer, Long.MAX_VALUE);
    }

    void reached(int writer, long position) {
        positions.merge(writer, position, Math::max);
    }

    /** Rows that were emitted, each counted once however often it was repeated after a failure. */
    public long rows() {
        return positions.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The part of all rows that was emitted, from 0 to 1. */
    public double part() {
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : (double) rows() / all;
    }
}
