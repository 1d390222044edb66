// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.shard.ClusterReader.Cluster;
import io.velo.flink.clickhouse.shard.ClusterReader.Node;
import io.velo.flink.clickhouse.shard.ClusterReader.Replica;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.uri.HostPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out where the servers of a shard answer over HTTP, and that it is they who answer: a
 * cluster names hosts with native ports, and what listens at a host's HTTP port may be another
 * server.
 *
 * <p>The server of the URI asks each server of the cluster at its native port who it is; the one
 * that answers over HTTP has to be the same. A server that could not be asked in this way proves it
 * by its own list of the cluster, in which it finds itself at that native port. HTTP is expected at
 * the port of the URI, then at the port that the server itself names. For one thread.
 */
public final class ShardServers {

    private final HttpTransport transport;
    private final Cluster cluster;
    private final String asked;
    private final String askedHost;
    private final int port;
    private final AskedNodes nodes;

    /**
     * A search in a cluster.
     *
     * @param cluster as the server told that {@code transport} leads to
     */
    public ShardServers(Cluster cluster, HttpTransport transport) {
        this.transport = transport;
        this.cluster = cluster;
        this.asked = transport.host();
        int colon = asked.lastIndexOf(':');
        this.askedHost = asked.substring(0, colon).replaceAll("[\\[\\]]", "");
        this.port = Integer.parseInt(asked.substring(colon + 1));
        this.nodes = new AskedNodes(cluster.name(), transport);
    }

    /** Where these servers are looked for first, as {@code host:port}. */
    public List<String> addresses(List<Replica> replicas) {
        return replicas.stream().flatMap(each -> addresses(each).stream()).distinct().toList();
    }

    /**
     * The {@code host:port} of each server that answers as the one that it should be, and its
     * {@linkplain ServerPin#IDENTITY identity}; nothing if only others do. One that cannot be
     * connected to, or that refuses to say who it is, is left out.
     *
     * @throws IOException if none answers
     */
    public Map<String, String> find(List<Replica> replicas) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        boolean answered = false;
        IOException refused = null;
        for (Replica replica : replicas) {
            List<String> candidates = new ArrayList<>(addresses(replica));
            for (int i = 0; i < candidates.size(); i++) {
                String address = candidates.get(i);
                try {
                    String server = server(address);
                    answered = true;
                    if (isItself(replica, server, address)) {
                        found.putIfAbsent(address, server);
                        break;
                    }
                } catch (IOException failure) {
                    if (!(failure instanceof ServerFailure)
                            && !HttpTransport.notConnected(failure)) {
                        throw failure;
                    }
                    refused = failure;
                }
                if (i + 1 == candidates.size()) {
                    named(replica)
                            .filter(own -> !candidates.contains(own))
                            .ifPresent(candidates::add);
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
        String host = replica.node().host();
        String own = new HostPort(host, port).toString();
        if (isLoopback(host)) {
            return replica.local()
                    ? List.of(asked)
                    : isLoopback(askedHost) ? List.of(own) : List.of();
        }
        boolean onlyShard = cluster.shards().size() == 1;
        return replica.local() && onlyShard
                ? Stream.of(asked, own).distinct().toList()
                : List.of(own);
    }

    /** Where the server itself says that it answers over HTTP. */
    private Optional<String> named(Replica replica) {
        String host = replica.node().host();
        return isLoopback(host) && !isLoopback(askedHost)
                ? Optional.empty()
                : nodes.httpPort(replica.node(), transport.target().tls())
                        .map(own -> new HostPort(host, own).toString());
    }

    private boolean isItself(Replica replica, String server, String address) throws IOException {
        if (replica.local()) {
            return server.equals(cluster.asked());
        }
        Optional<String> expected = nodes.identity(replica.node());
        return expected.isPresent()
                ? server.equals(expected.get())
                : findsItself(replica.node(), address);
    }

    private boolean findsItself(Node node, String address) throws IOException {
        String sql =
                "SELECT count() FROM system.clusters WHERE is_local AND cluster = "
                        + Sql.text(cluster.name())
                        + " AND host_name = "
                        + Sql.text(node.host())
                        + " AND port = "
                        + node.port()
                        + " FORMAT TabSeparated";
        return !at(address).rowsWithoutDatabase(sql).get(0).get(0).equals("0");
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private String server(String address) throws IOException {
        String sql = "SELECT " + ServerPin.IDENTITY + " FORMAT TabSeparated";
        return at(address).rowsWithoutDatabase(sql).get(0).get(0);
    }

    private HttpTransport at(String address) {
        return transport.to(List.of(address), transport.target().database());
    }
}
