// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.concurrent.TimeUnit;

/** Says how many rows are due at an even rate since the first question. Not thread-safe. */
final class Pace {

    private final double rowsPerNano;
    private long start;
    private boolean started;

    Pace(double rowsPerSecond) {
        this.rowsPerNano = rowsPerSecond / TimeUnit.SECONDS.toNanos(1);
    }

    /** Milliseconds until one row more than so many may come; 0 is now. */
    long waitMillis(long rows) {
        long now = System.nanoTime();
        if (!started) {
            start = now;
            started = true;
        }
        double due = rows / rowsPerNano - (now - start);
        return due <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis((long) due) + 1;
    }
}
