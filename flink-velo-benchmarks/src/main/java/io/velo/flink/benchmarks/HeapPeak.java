// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The most that lives in this JVM's heap while it is open: a thread of its own collects all garbage
 * several times a second and looks at what is left. That slows down what is measured.
 */
final class HeapPeak implements AutoCloseable {

    private static final int PAUSE_MILLIS = 200;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "heap-peak");
    private volatile long peak;

    private HeapPeak() {}

    /** Begins to look. */
    static HeapPeak start() {
        HeapPeak peak = new HeapPeak();
        peak.thread.setDaemon(true);
        peak.thread.start();
        return peak;
    }

    private void watch() {
        try {
            do {
                System.gc();
                peak =
                        Math.max(
                                peak,
                                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException ignored) {
            // Nobody asks any more.
        }
    }

    /** In MB. */
    double megabytes() {
        return peak / (double) (1 << 20);
    }

    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        thread.join();
    }
}
