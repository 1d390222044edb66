// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows by key as Redis hashes, on a server with a password. */
public final class RedisTarget implements SinkTarget {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final RedisServer server = RedisServer.createWithPassword("velo-test");

    @Override
    public String scheme() {
        return "redis";
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public Map<String, String> options(int port, String table) {
        return Map.of(
                "uri",
                "redis://127.0.0.1:" + port + "?key_pattern=" + table + ":{id}",
                "password",
                server.password());
    }

    @Override
    public List<Version> read(String table) throws IOException {
        List<Version> rows = new ArrayList<>();
        try (RespConnection redis =
                new RespConnection(
                        server.host(), server.port(), server.password(), TIMEOUT_MILLIS)) {
            for (Object key : (List<?>) redis.ask("KEYS", table + ":*")) {
                String name = (String) key;
                long id = Long.parseLong(name.substring(table.length() + 1));
                rows.add(row(id, fields((List<?>) redis.ask("HGETALL", name))));
            }
        }
        return rows;
    }

    private static Map<String, String> fields(List<?> reply) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            fields.put((String) reply.get(i), (String) reply.get(i + 1));
        }
        return fields;
    }

    private static Version row(long id, Map<String, String> fields) {
        return new Version(
                id,
                Integer.parseInt(fields.get("writer")),
                Long.parseLong(fields.get("seq")),
                fields.get("payload"),
                Long.parseLong(fields.get("balance")));
    }
}
