// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads which servers a cluster has, as the server that is asked knows it. Thread-safe. */
public final class ClusterReader {

    /**
     * Where a server answers the native protocol, which is how a cluster names it.
     *
     * @param host its name or address
     * @param port its native port
     */
    public record Node(String host, int port) {}

    /**
     * One server of a cluster.
     *
     * @param node where it is
     * @param local whether it is the server that was asked
     * @param database the database that it takes where none is named, perhaps empty
     */
    public record Replica(Node node, boolean local, String database) {}

    /**
     * The servers of a cluster.
     *
     * @param name what it is called
     * @param asked the {@linkplain ServerPin#IDENTITY identity} of the server that gave the list
     * @param shards the replicas of each shard, by the shard's number
     */
    public record Cluster(String name, String asked, Map<Integer, List<Replica>> shards) {}

    private final HttpTransport transport;

    /** A reader that asks over this transport. */
    public ClusterReader(HttpTransport transport) {
        this.transport = transport;
    }

    /** The text with the server's macros, such as {@code {shard}}, replaced by their values. */
    public String expanded(String text) throws IOException {
        if (text.indexOf('{') < 0) {
            return text;
        }
        String expanded = text;
        for (List<String> row :
                transport.rowsWithoutDatabase(
                        "SELECT macro, substitution FROM system.macros FORMAT TabSeparated")) {
            expanded = expanded.replace("{" + row.get(0) + "}", row.get(1));
        }
        return expanded;
    }

    /** The servers of the cluster; no shards if the server does not know it. */
    public Cluster cluster(String name) throws IOException {
        String asked = "";
        Map<Integer, List<Replica>> shards = new TreeMap<>();
        // One query: behind one address, the next one may be answered by another server.
        for (List<String> row :
                transport.rowsWithoutDatabase(
                        "SELECT shard_num, host_name, port, is_local, default_database, "
                                + ServerPin.IDENTITY
                                + " FROM system.clusters WHERE cluster = "
                                + Sql.text(name)
                                + " ORDER BY shard_num, replica_num FORMAT TabSeparated")) {
            asked = row.get(5);
            Node node = new Node(row.get(1), Integer.parseInt(row.get(2)));
            shards.computeIfAbsent(Integer.valueOf(row.get(0)), number -> new ArrayList<>())
                    .add(new Replica(node, row.get(3).equals("1"), row.get(4)));
        }
        return new Cluster(name, asked, shards);
    }

    /**
     * What an expression is on each server of the cluster, by the server's own answer to the server
     * that is asked. Servers that cannot be reached are missing.
     *
     * @throws io.velo.flink.clickhouse.http.ServerFailure if the login may not ask other servers by
     *     {@code clusterAllReplicas}, or a server cannot evaluate the expression
     */
    public Map<Node, String> onEach(String name, String expression) throws IOException {
        // The function takes the cluster's hosts in their order, each once, and numbers them. One
        // query, so that one server says which host has which number.
        String sql =
                "SELECT c.host, c.port, a.answer FROM (SELECT _shard_num AS node, toString("
                        + expression
                        + ") AS answer FROM clusterAllReplicas("
                        + Sql.text(name)
                        + ", system.one)) AS a JOIN (SELECT rowNumberInAllBlocks() + 1 AS node,"
                        + " host, port FROM (SELECT host_name AS host, port FROM system.clusters"
                        + " WHERE cluster = "
                        + Sql.text(name)
                        + " GROUP BY host, port ORDER BY min((shard_num, replica_num)))) AS c"
                        + " ON a.node = c.node FORMAT TabSeparated";
        Map<Node, String> answers = new HashMap<>();
        for (List<String> row :
                transport.rowsWithoutDatabase(sql, Map.of("skip_unavailable_shards", "1"))) {
            answers.put(new Node(row.get(0), Integer.parseInt(row.get(1))), row.get(2));
        }
        return answers;
    }
}
