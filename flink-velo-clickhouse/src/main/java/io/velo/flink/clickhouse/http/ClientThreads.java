// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads in which an HTTP client handles answers. As the JDK's own pool, they are made as
 * needed; but a client that is no longer used leaves them behind for two seconds, not for a minute,
 * and they do not hold the class loader of the job that made them.
 */
final class ClientThreads {

    private static final long IDLE_SECONDS = 2;

    private ClientThreads() {}

    static ExecutorService newPool() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                ClientThreads::newThread);
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "velo-clickhouse-http");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
