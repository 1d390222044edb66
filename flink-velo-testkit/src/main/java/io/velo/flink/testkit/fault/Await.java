// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another thread, process or server does: the end of a thread after its pool was
 * shut down, of a connection after it was closed. A test that looks once asks who comes first. The
 * limit is for a loaded machine; a test that passes does not wait for it. Stateless, therefore
 * thread-safe.
 */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private Await() {}

    /**
     * Returns when the condition is true.
     *
     * @throws AssertionError if it is not within 60 seconds
     */
    public static void until(BooleanSupplier condition) {
        untilHolds(
                () -> {
                    if (!condition.getAsBoolean()) {
                        throw new AssertionError("The condition did not come true within " + LIMIT);
                    }
                });
    }

    /**
     * Repeats assertions until they hold.
     *
     * @throws AssertionError theirs, if they do not within 60 seconds
     * @throws Exception theirs, at once
     */
    public static <E extends Exception> void untilHolds(Assertions<E> assertions) throws E {
        untilHolds(LIMIT, assertions);
    }

    /**
     * Repeats assertions until they hold, for work that takes its time.
     *
     * @throws AssertionError theirs, if they do not within the limit
     * @throws Exception theirs, at once
     */
    public static <E extends Exception> void untilHolds(Duration limit, Assertions<E> assertions)
            throws E {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                assertions.check();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
    }

    /** Returns when no thread is left whose name begins so; fails with their names. */
    public static void noThread(String prefix) {
        untilHolds(
                () -> {
                    for (Thread thread : Thread.getAllStackTraces().keySet()) {
                        if (thread.getName().startsWith(prefix)) {
                            throw new AssertionError("Thread '" + thread.getName() + "' is there.");
                        }
                    }
                });
    }

    /**
     * What must come true.
     *
     * @param <E> what it may throw besides an {@link AssertionError}
     */
    @FunctionalInterface
    public interface Assertions<E extends Exception> {
        /** Fails with an {@link AssertionError} while it is not true. */
        void check() throws E;
    }
}
