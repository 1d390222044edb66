// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads which servers a cluster has, as the server that is asked knows it. Thread-safe. */
public final class ClusterReader {

    /**
     * One server of a cluster.
     *
     * @param host its name or address
     * @param local whether it is the server that was asked
     * @param database the database that it takes where none is named, perhaps empty
     */
    public record Replica(String host, boolean local, String database) {}

    /**
     * The servers of a cluster.
     *
     * @param asked the UUID of the server that gave the list
     * @param shards the replicas of each shard, by the shard's number
     */
    public record Cluster(String asked, Map<Integer, List<Replica>> shards) {}

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
                        "SELECT shard_num, host_name, is_local, default_database,"
                                + " toString(serverUUID()) FROM system.clusters WHERE cluster = "
                                + Sql.text(name)
                                + " ORDER BY shard_num, replica_num FORMAT TabSeparated")) {
            asked = row.get(4);
            shards.computeIfAbsent(Integer.valueOf(row.get(0)), number -> new ArrayList<>())
                    .add(new Replica(row.get(1), row.get(2).equals("1"), row.get(3)));
        }
        return new Cluster(asked, shards);
    }
}
