// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.Server;
import io.velo.flink.testkit.target.RespConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of {@link PlainRedisScheme}. */
final class PlainRedisTarget implements SinkTarget {

    private static final String PASSWORD = "velo-test";

    private final String scheme;
    private final RedisServer server = RedisServer.createWithPassword(PASSWORD);

    PlainRedisTarget(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public Map<String, String> options(int port, String table) {
        return Map.of("uri", scheme + "://127.0.0.1:" + port + "/" + table, "password", PASSWORD);
    }

    @Override
    public List<Version> read(String table) throws IOException {
        List<Version> rows = new ArrayList<>();
        try (RespConnection redis =
                new RespConnection("127.0.0.1", server.port(), PASSWORD, 10_000)) {
            for (Object key : (List<?>) redis.ask("KEYS", table + ":*")) {
                Map<Object, String> hash = new HashMap<>();
                List<?> fields = (List<?>) redis.ask("HGETALL", (String) key);
                for (int i = 0; i < fields.size(); i += 2) {
                    hash.put(fields.get(i), (String) fields.get(i + 1));
                }
                rows.add(
                        new Version(
                                Long.parseLong(hash.get("id")),
                                Integer.parseInt(hash.get("writer")),
                                Long.parseLong(hash.get("seq")),
                                hash.get("payload"),
                                Long.parseLong(hash.get("balance"))));
            }
        }
        return rows;
    }

    @Override
    public Duration requestTimeout() {
        return Duration.ofMillis(PlainRedisScheme.TIMEOUT_MILLIS);
    }
}
