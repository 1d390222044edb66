// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a statement that failed for a passing reason is tried again: delays of 100 ms, doubled
 * each time up to 30 s, of which a random part is taken, until the budget is used up. A server with
 * too many parts gets at least 5 s. Immutable, therefore thread-safe.
 *
 * @param budget the time from the first attempt after which no other one starts
 */
public record RetryPolicy(Duration budget) {

    /** What an insert may take, whatever the server goes through. */
    public static final RetryPolicy FOR_INSERTS = new RetryPolicy(Duration.ofMinutes(10));

    /** What the start of a job may take before it says that the server is away. */
    public static final RetryPolicy FOR_OPENING = new RetryPolicy(Duration.ofSeconds(30));

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 30_000;
    private static final long FULL_SERVER_MILLIS = 5_000;
    private static final long NO_MORE = -1;

    /**
     * Milliseconds to wait before the next attempt, or -1 if there should be none.
     *
     * @param failed how many attempts failed so far, at least 1
     * @param started when the first one started, as {@link System#nanoTime()} tells it
     */
    public long delay(Throwable failure, int failed, long started) {
        if (failed >= Explanation.attempts(failure)
                || System.nanoTime() - started > budget.toNanos()) {
            return NO_MORE;
        }
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failed - 1, 20));
        long delay = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
        boolean full =
                Explanation.unwrap(failure) instanceof ServerFailure server
                        && server.code() == ServerFailure.TOO_MANY_PARTS;
        return full ? FULL_SERVER_MILLIS + delay : delay;
    }
}
