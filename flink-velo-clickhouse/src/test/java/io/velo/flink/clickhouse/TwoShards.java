// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.List;

/** Two servers that are the shards of one cluster, with a database of the same name on both. */
public final class TwoShards implements AutoCloseable {

    private final List<ClickHouseServer> servers = ClickHouseServer.createShards(2);
    private final TestTarget first;
    private final TestTarget second;

    private TwoShards() {
        servers.forEach(RequiredServer::started);
        first = TestTarget.on(servers.get(0));
        second = TestTarget.on(servers.get(1));
        second.sql("CREATE DATABASE " + first.database());
    }

    /** Starts both; skips the test where there is no ClickHouse. */
    public static TwoShards start() {
        return new TwoShards();
    }

    /** The servers in the order of the cluster. */
    public List<ClickHouseServer> servers() {
        return servers;
    }

    /** The database on the first server. */
    public TestTarget first() {
        return first;
    }

    /** The second server; its own database is another one than the common one. */
    public TestTarget second() {
        return second;
    }

    @Override
    public void close() {
        servers.forEach(ClickHouseServer::close);
    }
}
