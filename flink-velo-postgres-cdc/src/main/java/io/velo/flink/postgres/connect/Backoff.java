// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and after which pauses something is tried again: each pause is twice the one before, up
 * to a longest one, and up to a fifth shorter or longer by chance, so that many workers do not come
 * back at once. Immutable, therefore thread-safe.
 *
 * @param attempts how often it is tried in all, at least 1
 * @param initialDelay the first pause
 * @param maxDelay the longest pause
 */
public record Backoff(int attempts, Duration initialDelay, Duration maxDelay)
        implements Serializable {

    /** Ten attempts within about a minute. */
    public static final Backoff DEFAULT =
            new Backoff(10, Duration.ofMillis(100), Duration.ofSeconds(30));

    private static final double JITTER = 0.2;

    /** Whether there is another attempt after this many failed ones. */
    public boolean allowsAnother(int failed) {
        return failed < attempts;
    }

    /** The pause after this many failed attempts, in milliseconds. */
    public long delayMillis(int failed) {
        double factor = Math.pow(2, Math.min(30, failed - 1));
        double delay = Math.min(initialDelay.toMillis() * factor, maxDelay.toMillis());
        double chance = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return Math.round(delay * chance);
    }
}
