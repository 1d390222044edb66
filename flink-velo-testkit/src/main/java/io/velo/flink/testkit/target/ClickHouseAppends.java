// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rows that are appended to a MergeTree of three partitions, exactly once. */
public final class ClickHouseAppends implements SinkTarget {

    /** What tells a block that is sent again from a new one. */
    public enum By {
        /** The table's deduplication window. */
        WINDOW,
        /** A column with the block's name. */
        MARKER
    }

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final ClickHouseServer server = ClickHouseServer.create();
    private final ClickHouseQueries queries = new ClickHouseQueries(server);
    private final By by;

    /** A target with a new server, not started. */
    public ClickHouseAppends(By by) {
        this.by = by;
    }

    @Override
    public String scheme() {
        return "clickhouse";
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public Workload.Shape shape() {
        return Workload.Shape.APPENDS;
    }

    @Override
    public void prepare(String table) throws Exception {
        boolean marker = by == By.MARKER;
        queries.say(
                "CREATE TABLE "
                        + table
                        + " (id Int64, writer Int32, seq Int64, payload String, balance Int64"
                        + (marker ? ", _velo_txn LowCardinality(String)" : "")
                        + ") ENGINE = MergeTree ORDER BY id PARTITION BY seq % 3"
                        + (marker ? "" : " SETTINGS non_replicated_deduplication_window = 10000"));
    }

    @Override
    public Map<String, String> options(int port, String table) {
        return Map.of(
                "uri",
                "clickhouse://127.0.0.1:"
                        + port
                        + "/default?table="
                        + table
                        + "&batch_size=500&insert_timeout=5s&socket_timeout=5s"
                        + "&sink_delivery_guarantee=exactly-once"
                        + (by == By.MARKER ? "&commit_marker=true" : ""),
                "username",
                server.username(),
                "password",
                server.password());
    }

    @Override
    public List<Version> read(String table) throws Exception {
        return queries.rows("SELECT id, writer, seq, hex(payload), balance FROM " + table).stream()
                .map(ClickHouseTarget::row)
                .toList();
    }

    @Override
    public Duration requestTimeout() {
        return REQUEST_TIMEOUT;
    }
}
