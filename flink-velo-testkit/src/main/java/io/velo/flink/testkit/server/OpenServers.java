// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All servers of this JVM that are not closed; the end of the JVM closes them. */
final class OpenServers {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Set<Server> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(OpenServers::closeAll, "velo-close-servers"));
    }

    private OpenServers() {}

    static void add(Server server) {
        OPEN.add(server);
    }

    static void remove(Server server) {
        OPEN.remove(server);
    }

    private static void closeAll() {
        // A server that is being fetched could not be closed before its package has come.
        Command.endAll();
        // Side by side, so that one that does not close keeps neither the others nor the JVM.
        List<Thread> threads = OPEN.stream().map(OpenServers::closing).toList();
        threads.forEach(Thread::start);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread closing(Server server) {
        Thread thread = new Thread(server::close, "velo-close-" + server.kind());
        thread.setDaemon(true);
        return thread;
    }
}
