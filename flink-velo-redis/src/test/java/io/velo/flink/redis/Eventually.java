// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.time.Duration;

/** Waits for what must come true. */
final class Eventually {

    private static final long PAUSE_MILLIS = 20;

    private Eventually() {}

    /** Repeats an assertion until it holds; at the deadline its error is the test's. */
    static void within(Duration deadline, Runnable assertion) throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
