// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import io.velo.flink.testkit.fault.LeakDetector;
import java.time.Duration;

/** Opens and closes something again and again and requires that nothing of it is left. */
public final class OpenCloseCycles {

    /** What opens once and stays, such as the JDK's pools, opens in these. */
    private static final int FIRST = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private OpenCloseCycles() {}

    /**
     * Runs some cycles that may leave what stays for good, then so many that must leave nothing.
     *
     * @param times how many must leave nothing
     * @return how long these took, without the wait for what ends by itself
     * @throws AssertionError if they leave a thread, a socket, a file, or more than 1 MiB of direct
     *     buffers: it names what is left
     * @throws Exception if a cycle does not work
     */
    public static Duration leaveNothing(int times, OpenClose cycle) throws Exception {
        return leaveNothing(times, cycle, PATIENCE);
    }

    static Duration leaveNothing(int times, OpenClose cycle, Duration patience) throws Exception {
        repeat(FIRST, cycle);
        try (LeakDetector leaks = LeakDetector.watch().within(patience)) {
            long start = System.nanoTime();
            repeat(times, cycle);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static void repeat(int times, OpenClose cycle) throws Exception {
        for (int i = 0; i < times; i++) {
            cycle.run();
        }
    }
}
