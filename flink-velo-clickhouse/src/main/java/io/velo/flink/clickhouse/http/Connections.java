// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Connections that wait for their next request, for a few seconds: less than servers keep them, so
 * that few requests meet one that ends. Those that a server has ended are seen before they are
 * used, and no request is sent again because of its connection. Thread-safe.
 */
final class Connections {

    private static final Duration MOST = Duration.ofSeconds(5);

    private record Kept(Connection connection, long untilNanos) {

        boolean isOver() {
            return System.nanoTime() - untilNanos >= 0;
        }
    }

    private final ClientThreads threads;
    private final SSLContext tls;
    private final Map<Endpoint, Deque<Kept>> kept = new HashMap<>();
    private boolean sweeping;

    Connections(ClientThreads threads) {
        this.threads = threads;
        try {
            this.tls = SSLContext.getDefault();
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("This JVM has no TLS.", none);
        }
    }

    /** A connection that was kept, or null. */
    Connection take(Endpoint endpoint) {
        for (Kept last = last(endpoint); last != null; last = last(endpoint)) {
            if (!last.isOver() && !last.connection().isStale()) {
                return last.connection();
            }
            last.connection().abort();
        }
        return null;
    }

    private synchronized Kept last(Endpoint endpoint) {
        Deque<Kept> all = kept.get(endpoint);
        return all == null ? null : all.pollLast();
    }

    /** A new connection, which is not open yet. */
    Connection create(Endpoint endpoint) throws IOException {
        return new Connection(endpoint, tls);
    }

    /** Keeps a connection that is in order for the next request. */
    void keep(Connection connection, Duration byServer) {
        Duration half = byServer.dividedBy(2);
        Duration time = half.compareTo(MOST) < 0 ? half : MOST;
        if (time.isZero()) {
            connection.abort();
            return;
        }
        synchronized (this) {
            kept.computeIfAbsent(connection.endpoint(), any -> new ArrayDeque<>())
                    .add(new Kept(connection, System.nanoTime() + time.toNanos()));
            sweepLater();
        }
    }

    private synchronized void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            threads.after(MOST, this::sweep);
        }
    }

    private void sweep() {
        List<Connection> over = new ArrayList<>();
        synchronized (this) {
            kept.values()
                    .forEach(
                            all -> all.removeIf(one -> one.isOver() && over.add(one.connection())));
            kept.values().removeIf(Deque::isEmpty);
            sweeping = false;
            if (!kept.isEmpty()) {
                sweepLater();
            }
        }
        over.forEach(Connection::abort);
    }
}
