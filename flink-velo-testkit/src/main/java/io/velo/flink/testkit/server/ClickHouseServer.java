// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A ClickHouse server with the user {@code velo}, who must give a password, the user {@code
 * default} without one, and, as a plain process, the user {@code velo_reader} with the password of
 * {@code velo}, who may SELECT and nothing else. Acknowledged inserts survive {@link #kill()}. The
 * cluster {@code velo_two}, which is also the macro {@code cluster}, has two shards on this server,
 * with the default databases {@code velo_shard_1} and {@code velo_shard_2}, which tests create;
 * nobody answers at the host of the cluster {@code velo_gone}. The cluster {@code velo_servers} has
 * a shard for each server of {@link #createShards}, else this one alone.
 *
 * <p>It is ClickHouse's engine out of its library, and differs from the server program: inserts are
 * never asynchronous, and there is no Keeper, hence no replicated tables and no {@code ON CLUSTER}.
 * Users cannot be created by SQL. {@code serverUUID()} is the same on every server: zeros.
 */
public final class ClickHouseServer extends HostedServer {

    private static final String KIND = "clickhouse";

    private static final String USERS =
            "<clickhouse><users><velo><password>velo</password><networks><ip>::/0</ip></networks>"
                    + "<profile>default</profile><quota>default</quota></velo></users></clickhouse>";

    private final int nativePort;
    private final List<Integer> shards;

    private ClickHouseServer(ServerPlace place) {
        this(place, place.claimPort(), new ArrayList<>());
    }

    private ClickHouseServer(ServerPlace place, int nativePort, List<Integer> shards) {
        super(KIND, place);
        this.nativePort = nativePort;
        this.shards = shards;
        shards.add(nativePort);
    }

    /** A server with a new folder among the machine's temporary ones; not started. */
    public static ClickHouseServer create() {
        return new ClickHouseServer(ServerPlace.temporary(KIND));
    }

    /**
     * Servers that are the shards of the cluster {@code velo_servers}, in this order; not started.
     * Each has HTTP and native ports of its own, and its place in the list, from 1, as weight. As
     * plain processes only: a container does not know the others.
     */
    public static List<ClickHouseServer> createShards(int count) {
        List<Integer> ports = new ArrayList<>();
        List<ClickHouseServer> servers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerPlace place = ServerPlace.temporary(KIND);
            servers.add(new ClickHouseServer(place, place.claimPort(), ports));
        }
        return List.copyOf(servers);
    }

    /** A server with a new folder of its own in the given one; not started. */
    public static ClickHouseServer create(Path workFolder) {
        return new ClickHouseServer(ServerPlace.in(workFolder, KIND));
    }

    /** Always 127.0.0.1. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port of the native protocol, by which servers of a cluster know one another. */
    public int nativePort() {
        return nativePort;
    }

    /** The user with a password. */
    public String username() {
        return "velo";
    }

    /** The password of {@link #username()}. */
    public String password() {
        return "velo";
    }

    /** The database that is there from the start. */
    public String database() {
        return "default";
    }

    /** {@code http://127.0.0.1:PORT}, for queries by POST. */
    public String httpUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** {@code clickhouse://velo@127.0.0.1:PORT/default}, with the port of HTTP. */
    @Override
    public String uri() {
        return "clickhouse://velo@127.0.0.1:" + port() + "/" + database();
    }

    @Override
    ServerProgram program() {
        return new ClickHouseProgram(place(), nativePort, List.copyOf(shards));
    }

    @Override
    ContainerImage image() {
        return new ContainerImage(
                ServerVersions.CLICKHOUSE_IMAGE,
                8123,
                Map.of("CLICKHOUSE_SKIP_USER_SETUP", "1"),
                List.of(),
                Map.of("/etc/clickhouse-server/users.d/velo.xml", USERS));
    }
}
