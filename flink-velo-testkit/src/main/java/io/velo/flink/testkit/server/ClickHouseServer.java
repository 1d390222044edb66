// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A ClickHouse server with the user {@code velo}, who must give a password, and the user {@code
 * default} without one. Acknowledged inserts survive {@link #kill()}. The cluster {@code velo_two},
 * which is also the macro {@code cluster}, has two shards on this server, with the default
 * databases {@code velo_shard_1} and {@code velo_shard_2}, which tests create; nobody answers at
 * the host of the cluster {@code velo_gone}.
 *
 * <p>It is ClickHouse's engine out of its library, and differs from the server program: inserts are
 * never asynchronous, and there is no Keeper, hence no replicated tables and no {@code ON CLUSTER}.
 * Users cannot be created by SQL.
 */
public final class ClickHouseServer extends HostedServer {

    private static final String KIND = "clickhouse";

    private static final String USERS =
            "<clickhouse><users><velo><password>velo</password><networks><ip>::/0</ip></networks>"
                    + "<profile>default</profile><quota>default</quota></velo></users></clickhouse>";

    private final int nativePort;

    private ClickHouseServer(ServerPlace place) {
        super(KIND, place);
        this.nativePort = place.claimPort();
    }

    /** A server with a new folder among the machine's temporary ones; not started. */
    public static ClickHouseServer create() {
        return new ClickHouseServer(ServerPlace.temporary(KIND));
    }

    /** A server with a new folder of its own in the given one; not started. */
    public static ClickHouseServer create(Path workFolder) {
        return new ClickHouseServer(ServerPlace.in(workFolder, KIND));
    }

    /** Always 127.0.0.1. */
    public String host() {
        return "127.0.0.1";
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
        return new ClickHouseProgram(place(), nativePort);
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
