// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One server of each kind for all tests of this JVM: started when it is first asked for, closed
 * when the JVM ends. Tests that kill servers or count what is in them create their own. Each test
 * uses a database, topic or key prefix of its own. Thread-safe.
 */
public final class SharedServers {

    private static final Map<Class<? extends Server>, Supplier<? extends Server>> CREATORS =
            Map.of(
                    PostgresServer.class, PostgresServer::create,
                    KafkaServer.class, KafkaServer::create,
                    RedisServer.class, RedisServer::create,
                    ClickHouseServer.class, ClickHouseServer::create);

    private static final Map<Class<? extends Server>, Shared> SHARED = new ConcurrentHashMap<>();

    private SharedServers() {}

    /**
     * The shared server of this class, running.
     *
     * @throws ServerUnavailableException if it cannot be had on this machine; it is tried once
     */
    public static <S extends Server> S get(Class<S> type) {
        Supplier<? extends Server> creator = CREATORS.get(type);
        if (creator == null) {
            throw new IllegalArgumentException("There is no shared " + type.getSimpleName() + ".");
        }
        Shared shared = SHARED.computeIfAbsent(type, any -> new Shared(creator.get()));
        return type.cast(shared.running());
    }

    /** A server and, if it cannot be had, the reason. */
    private static final class Shared {

        private final Server server;
        private ServerUnavailableException reason;

        Shared(Server server) {
            this.server = server;
        }

        synchronized Server running() {
            if (reason != null) {
                throw reason;
            }
            try {
                server.start();
                return server;
            } catch (ServerUnavailableException e) {
                reason = e;
                throw e;
            }
        }
    }
}
