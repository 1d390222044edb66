// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and after which pauses something is tried again. Pauses double from the first to the
 * longest and vary by a fifth, so that the subtasks of a job do not all come back at the same
 * moment. Immutable, therefore thread-safe.
 *
 * @param attempts all attempts together, at least 1
 * @param first the pause after the first failure
 * @param longest the longest pause
 */
record Backoff(int attempts, Duration first, Duration longest) implements Serializable {

    /** 10 attempts in about 52 s: long enough for the restart of a server. */
    static final Backoff HOUSE = new Backoff(10, Duration.ofMillis(100), Duration.ofSeconds(30));

    /** One attempt: for planning, where a person waits. */
    static final Backoff ONCE = new Backoff(1, Duration.ZERO, Duration.ZERO);

    private static final double JITTER = 0.2;

    /**
     * The pause after a failure, in milliseconds.
     *
     * @param failures how many failures there were, at least 1
     */
    long pauseMillis(int failures) {
        double doubled = first.toMillis() * Math.pow(2, failures - 1);
        double bounded = Math.min(doubled, longest.toMillis());
        double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Math.round(bounded * factor);
    }
}
