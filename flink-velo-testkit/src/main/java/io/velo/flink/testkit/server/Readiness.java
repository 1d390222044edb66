// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a server to answer its first request. */
final class Readiness {

    /** Asks a server one small question. */
    interface Probe {

        /**
         * Whether the server gave the answer of one that is ready.
         *
         * @throws IOException if it gave none, which is as good as not ready
         */
        boolean answers() throws IOException;
    }

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    private Readiness() {}

    /** Asks until the server is ready: true, or it has died or the time is over: false. */
    static boolean await(Probe probe, BooleanSupplier alive, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (alive.getAsBoolean() && System.nanoTime() < deadline) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ServerException("Interrupted while a server was starting.");
            }
            try {
                if (probe.answers()) {
                    return true;
                }
            } catch (IOException ignored) {
                // Not ready: ask again.
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
        return false;
    }
}
