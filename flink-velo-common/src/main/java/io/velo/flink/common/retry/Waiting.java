// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.time.Duration;

/** How a thread lets time pass between two attempts. */
@FunctionalInterface
public interface Waiting {

    /**
     * Sleeps, until the time is over or the thread is interrupted, as Flink does when it cancels.
     */
    Waiting SLEEPING =
            time -> {
                // Sleeping for no time would not notice an interruption.
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Thread.sleep(time.toMillis(), (int) (time.toNanos() % 1_000_000));
            };

    /**
     * Returns when the time is over.
     *
     * @throws InterruptedException at once when the thread is interrupted
     */
    void pause(Duration time) throws InterruptedException;
}
