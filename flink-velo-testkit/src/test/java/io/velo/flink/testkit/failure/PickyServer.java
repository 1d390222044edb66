// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.failure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a picky server holds and how often it was called. Thread-safe. */
final class PickyServer {

    private static final Map<String, PickyServer> SERVERS = new ConcurrentHashMap<>();

    private final List<Long> ids = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean away;
    private volatile int callsUntilCrash = Integer.MAX_VALUE;

    static PickyServer get(String name) {
        return SERVERS.computeIfAbsent(name, n -> new PickyServer());
    }

    static void forgetAll() {
        SERVERS.clear();
    }

    void away(boolean is) {
        away = is;
    }

    /** Lets one call make the client crash. */
    void crashClientAfter(int moreCalls) {
        callsUntilCrash = moreCalls;
    }

    int calls() {
        return calls.get();
    }

    synchronized List<Long> ids() {
        return List.copyOf(ids);
    }

    /** Takes a row, or says why not: a negative id is rejected. */
    synchronized boolean take(long id) throws IOException {
        calls.incrementAndGet();
        if (away) {
            throw new IOException("The server is away.");
        }
        if (--callsUntilCrash == 0) {
            throw new IllegalStateException("The client crashed.");
        }
        if (id < 0) {
            return false;
        }
        ids.add(id);
        return true;
    }
}
