// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import org.junit.jupiter.api.Assumptions;

/**
 * The shared servers for tests: where one cannot be had the test is skipped, with the reason to be
 * seen in the report; under {@code -Dvelo.require=all} it fails instead. Needs JUnit 5.
 */
public final class RequiredServer {

    private RequiredServer() {}

    /** The shared PostgreSQL server, running. */
    public static PostgresServer postgres() {
        return shared(PostgresServer.class);
    }

    /** The shared Kafka server, running. */
    public static KafkaServer kafka() {
        return shared(KafkaServer.class);
    }

    /** The shared Redis server, running. */
    public static RedisServer redis() {
        return shared(RedisServer.class);
    }

    /** The shared ClickHouse server, running. */
    public static ClickHouseServer clickhouse() {
        return shared(ClickHouseServer.class);
    }

    /** Starts a server of the test's own and returns it, with the same rule. */
    public static <S extends Server> S started(S server) {
        try {
            server.start();
            return server;
        } catch (ServerUnavailableException e) {
            server.close();
            return skip(e);
        }
    }

    private static <S extends Server> S shared(Class<S> type) {
        try {
            return SharedServers.get(type);
        } catch (ServerUnavailableException e) {
            return skip(e);
        }
    }

    private static <S> S skip(ServerUnavailableException reason) {
        if ("all".equals(System.getProperty("velo.require"))) {
            throw reason;
        }
        return Assumptions.abort(reason.getMessage());
    }
}
