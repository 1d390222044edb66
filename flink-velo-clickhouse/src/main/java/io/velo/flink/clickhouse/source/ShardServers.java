// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.ClusterReader.Cluster;
import io.velo.flink.clickhouse.meta.ClusterReader.Replica;
import io.velo.flink.common.uri.HostPort;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds out where the servers of a shard answer over HTTP. Each is asked who it is, since a cluster
 * names hosts with native ports, and what answers at a host's HTTP port may be another server.
 */
final class ShardServers {

    private final ClickHouseTarget target;
    private final Cluster cluster;
    private final String asked;
    private final String askedHost;
    private final int port;
    private final boolean listsItself;

    /**
     * A search in a cluster.
     *
     * @param asked the {@code host:port} of the server that told of the cluster
     */
    ShardServers(ClickHouseTarget target, Cluster cluster, String asked) {
        this.target = target;
        this.cluster = cluster;
        this.asked = asked;
        int colon = asked.lastIndexOf(':');
        this.askedHost = asked.substring(0, colon).replaceAll("[\\[\\]]", "");
        this.port = Integer.parseInt(asked.substring(colon + 1));
        this.listsItself =
                cluster.shards().values().stream().flatMap(List::stream).anyMatch(Replica::local);
    }

    /** Where these servers may answer, as {@code host:port}. */
    List<String> addresses(List<Replica> replicas) {
        return replicas.stream().flatMap(each -> addresses(each).stream()).distinct().toList();
    }

    /**
     * The {@code host:port} of each server that answers as the one that it should be, and its UUID;
     * nothing if only others do. One that cannot be connected to is left out.
     *
     * @throws IOException if none can be connected to, or one cannot say who it is
     */
    Map<String, String> find(List<Replica> replicas) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        boolean answered = false;
        IOException refused = null;
        for (Replica replica : replicas) {
            for (String address : addresses(replica)) {
                try {
                    String server = server(address);
                    answered = true;
                    if (isItself(replica, server)) {
                        found.putIfAbsent(address, server);
                        break;
                    }
                } catch (IOException failure) {
                    if (!HttpTransport.notConnected(failure)) {
                        throw failure;
                    }
                    refused = failure;
                }
            }
        }
        if (!answered && refused != null) {
            throw refused;
        }
        return found;
    }

    /**
     * The address of the URI may be a balancer's, which leads to other shards as well. A loopback
     * name tells where a server is on its own machine only.
     */
    private List<String> addresses(Replica replica) {
        String own = new HostPort(replica.host(), port).toString();
        if (isLoopback(replica.host())) {
            return replica.local()
                    ? List.of(asked)
                    : isLoopback(askedHost) ? List.of(own) : List.of();
        }
        boolean onlyShard = cluster.shards().size() == 1;
        return replica.local() && onlyShard
                ? Stream.of(asked, own).distinct().toList()
                : List.of(own);
    }

    /**
     * A server that finds itself in the cluster is no other replica. One that does not may be, if
     * the cluster names a mapped port.
     */
    private boolean isItself(Replica replica, String server) {
        boolean asked = server.equals(cluster.asked());
        return replica.local() ? asked : !asked || !listsItself;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private String server(String address) throws IOException {
        HttpTransport there = new HttpTransport(target.on(List.of(address), target.database()));
        return there.rowsWithoutDatabase("SELECT toString(serverUUID())").get(0).get(0);
    }
}
