// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a transport: one for each insert under way, and one that watches deadlines. They
 * are made as needed; a transport that is no longer used leaves them behind for two seconds, and
 * they do not hold the class loader of the job that made them. Thread-safe.
 */
final class ClientThreads {

    private static final long IDLE_SECONDS = 2;

    private final Executor inserts =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    named("velo-clickhouse-http"));

    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, named("velo-clickhouse-deadlines"));

    ClientThreads() {
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** Runs each task in a thread of its own, at once. */
    Executor inserts() {
        return inserts;
    }

    /** Does something short after this time, unless the future is cancelled before. */
    Future<?> after(Duration time, Runnable task) {
        return clock.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }
}
