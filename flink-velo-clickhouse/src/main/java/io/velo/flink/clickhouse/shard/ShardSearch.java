// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.ClusterReader.Cluster;
import io.velo.flink.clickhouse.shard.ClusterReader.Replica;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the tables on the shards of a Distributed table, and who takes which rows, for somebody who
 * writes to them. For one thread.
 */
public final class ShardSearch {

    private static final String THROUGH =
            "Correct that, or set 'write-mode'='server': then the Distributed table itself is"
                    + " written.";

    private record Share(long weight, boolean replicates) {}

    private final HttpTransport transport;
    private final ClickHouseTarget target;

    /** A search that begins at the server of this transport. */
    public ShardSearch(HttpTransport transport) {
        this.transport = transport;
        this.target = transport.target();
    }

    /**
     * The shards of the table.
     *
     * @throws VeloException if it is no Distributed table, or a shard cannot be written
     * @throws IOException if a server does not answer, which may pass
     */
    public ShardedTable find(String database, String table) throws IOException {
        TableMeta meta = new TableMetaReader(transport).read(database, table);
        DistributedTable engine = engine(meta);
        ClusterReader reader = new ClusterReader(transport);
        Cluster cluster = reader.cluster(reader.expanded(engine.cluster()));
        if (cluster.shards().isEmpty()) {
            throw refusal(
                    "Cluster '"
                            + cluster.name()
                            + "' of "
                            + meta.title()
                            + " is not known to the server.",
                    THROUGH);
        }
        ShardServers servers = new ShardServers(cluster, transport);
        Map<Integer, Share> shares = shares(cluster);
        List<ShardPlace> places = new ArrayList<>();
        for (Map.Entry<Integer, List<Replica>> shard : cluster.shards().entrySet()) {
            Share share = shares.get(shard.getKey());
            if (share == null) {
                throw new IOException("Cluster '" + cluster.name() + "' changed meanwhile.");
            }
            places.add(place(engine, shard.getKey(), share, shard.getValue(), servers));
        }
        requireDistinct(places, cluster);
        return new ShardedTable(
                meta,
                cluster.name(),
                places,
                engine.shardingKey(),
                keyType(meta, engine.shardingKey()));
    }

    private DistributedTable engine(TableMeta meta) {
        return DistributedTable.of(meta.engine())
                .filter(found -> meta.engine().distributed())
                .orElseThrow(
                        () ->
                                refusal(
                                        "'write-mode'='local' writes to the shards of a Distributed"
                                                + " table, but "
                                                + meta.title()
                                                + " has the engine "
                                                + meta.engine()
                                                + ".",
                                        "Name a Distributed table, or remove 'write-mode'."));
    }

    private Map<Integer, Share> shares(Cluster cluster) throws IOException {
        Map<Integer, Share> shares = new HashMap<>();
        for (List<String> row :
                transport.rowsWithoutDatabase(
                        "SELECT shard_num, any(shard_weight), any(internal_replication) FROM"
                                + " system.clusters WHERE cluster = "
                                + Sql.text(cluster.name())
                                + " GROUP BY shard_num FORMAT TabSeparated")) {
            shares.put(
                    Integer.valueOf(row.get(0)),
                    new Share(Long.parseLong(row.get(1)), row.get(2).equals("1")));
        }
        return shares;
    }

    private ClickHouseType keyType(TableMeta meta, String key) {
        return key.isEmpty()
                ? null
                : new TableMetaReader(transport)
                        .describe(
                                meta.database(),
                                "SELECT "
                                        + (meta.column(key).isPresent() ? Sql.name(key) : key)
                                        + " AS velo_key FROM "
                                        + Sql.table(meta.database(), meta.table()))
                        .columns()
                        .get(0)
                        .type();
    }

    private ShardPlace place(
            DistributedTable engine,
            int number,
            Share share,
            List<Replica> replicas,
            ShardServers servers)
            throws IOException {
        String first = replicas.get(0).database();
        String own = engine.database().isEmpty() ? first : engine.database();
        String database = own.isEmpty() ? "default" : own;
        // A replica that takes another database has another table of the name.
        List<Replica> holders =
                replicas.stream()
                        .filter(
                                each ->
                                        !engine.database().isEmpty()
                                                || each.database().equals(first))
                        .toList();
        Map<String, String> found = servers.find(holders);
        if (found.isEmpty()) {
            throw unreachable(number, servers.addresses(holders));
        }
        ShardPlace place = new ShardPlace(number, share.weight(), database, engine.table(), found);
        if (replicas.size() > 1) {
            requireReplication(place, share, replicas.size());
        }
        return place;
    }

    /** One replica gets a row; the others must have it from there. */
    private void requireReplication(ShardPlace place, Share share, int replicas)
            throws IOException {
        List<List<String>> tables =
                new HttpTransport(place.in(target))
                        .rowsWithoutDatabase(
                                "SELECT engine FROM system.tables WHERE database = "
                                        + Sql.text(place.database())
                                        + " AND name = "
                                        + Sql.text(place.table())
                                        + " FORMAT TabSeparated");
        String engine = tables.isEmpty() ? "missing" : tables.get(0).get(0);
        if (!share.replicates() || !engine.matches("(Replicated|Shared).*")) {
            throw refusal(
                    "Shard "
                            + place.number()
                            + " has "
                            + replicas
                            + " replicas that do not hand rows on to each other:"
                            + " internal_replication is "
                            + share.replicates()
                            + " and the engine is "
                            + engine
                            + ".",
                    "Set 'write-mode'='server', which writes to each of them; or use a Replicated"
                            + " engine and internal_replication.");
        }
    }

    private void requireDistinct(List<ShardPlace> places, Cluster cluster) {
        Set<String> taken = new HashSet<>();
        for (ShardPlace place : places) {
            for (String identity : place.identities().split(",")) {
                if (!taken.add(identity)) {
                    throw refusal(
                            "Two shards of cluster '"
                                    + cluster.name()
                                    + "' have the same table "
                                    + place.database()
                                    + "."
                                    + place.table()
                                    + ".",
                            THROUGH);
                }
            }
        }
    }

    private VeloException unreachable(int shard, List<String> addresses) {
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "No server of shard "
                                + shard
                                + " answers over HTTP as the one that its cluster names; asked: "
                                + String.join(", ", addresses)
                                + ".")
                .at(target.place())
                .remedy(
                        "HTTP is expected at the port of the URI, or at the one that the server"
                                + " itself names. "
                                + THROUGH)
                .toException(new ConnectException("no server of shard " + shard));
    }

    private VeloException refusal(String sentence, String remedy) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(target.place())
                .remedy(remedy)
                .toException();
    }
}
