// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Rows by key in a ReplacingMergeTree, which knows versions and deletes. */
public final class ClickHouseTarget implements SinkTarget {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final ClickHouseServer server = ClickHouseServer.create();
    private final ClickHouseQueries queries = new ClickHouseQueries(server);

    @Override
    public String scheme() {
        return "clickhouse";
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public void prepare(String table) throws Exception {
        queries.say(
                "CREATE TABLE "
                        + table
                        + " (id Int64, writer Int32, seq Int64, payload String, balance Int64,"
                        + " version UInt64, gone UInt8) ENGINE = ReplacingMergeTree(version,"
                        + " gone) ORDER BY id");
    }

    @Override
    public Map<String, String> options(int port, String table) {
        return Map.of(
                "uri",
                "clickhouse://127.0.0.1:"
                        + port
                        + "/default?table="
                        + table
                        + "&batch_timeout=200ms&insert_timeout=5s&socket_timeout=5s",
                "username",
                "velo",
                "password",
                "velo");
    }

    @Override
    public List<Version> read(String table) throws Exception {
        return queries
                .rows("SELECT id, writer, seq, hex(payload), balance FROM " + table + " FINAL")
                .stream()
                .map(ClickHouseTarget::row)
                .toList();
    }

    static Version row(String[] fields) {
        return new Version(
                Long.parseLong(fields[0]),
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                text(fields[3]),
                Long.parseLong(fields[4]));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex.toLowerCase()), StandardCharsets.UTF_8);
    }

    @Override
    public Duration requestTimeout() {
        return REQUEST_TIMEOUT;
    }
}
