// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.meta.Engine;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.shard.ClusterReader;
import io.velo.flink.clickhouse.shard.ClusterReader.Replica;
import io.velo.flink.clickhouse.shard.DistributedTable;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which engine holds the rows of a Distributed table: it does not say so itself, and a
 * query through it merges rows of one key only if it says FINAL, which not every engine takes.
 */
final class ShardEngine {

    private static final Logger LOG = LoggerFactory.getLogger(ShardEngine.class);

    private ShardEngine() {}

    /**
     * The table with the engine that holds its rows, or as it is if that cannot be found out.
     *
     * @throws IOException if the server does not answer, or may do so in a moment
     */
    static TableMeta known(TableMeta meta, HttpTransport transport) throws IOException {
        Optional<DistributedTable> table = DistributedTable.of(meta.engine());
        if (!meta.engine().distributed() || table.isEmpty()) {
            return meta;
        }
        try {
            return engine(table.get(), transport).map(meta::heldBy).orElse(meta);
        } catch (ServerFailure unknown) {
            if (Explanation.classify(unknown) == FailureClass.TRANSIENT) {
                throw unknown;
            }
            LOG.warn(
                    "{} is read without FINAL, for it is not known what its shards are: {}",
                    meta.title(),
                    unknown.getMessage());
            return meta;
        }
    }

    private static Optional<Engine> engine(DistributedTable table, HttpTransport transport)
            throws IOException {
        ClusterReader reader = new ClusterReader(transport);
        ClusterReader.Cluster cluster = reader.cluster(reader.expanded(table.cluster()));
        List<Replica> replicas = cluster.shards().values().stream().flatMap(List::stream).toList();
        Set<String> databases =
                table.database().isEmpty()
                        ? replicas.stream()
                                .map(
                                        each ->
                                                each.database().isEmpty()
                                                        ? "default"
                                                        : each.database())
                                .collect(Collectors.toSet())
                        : Set.of(table.database());
        String where =
                " WHERE database IN ("
                        + Sql.texts(databases)
                        + ") AND name = "
                        + Sql.text(table.table())
                        + " LIMIT 1 FORMAT TabSeparated";
        // A server that is a shard has such a table itself, and need not ask the others.
        boolean shard = replicas.stream().anyMatch(Replica::local);
        List<List<String>> found =
                shard
                        ? transport.rowsWithoutDatabase("SELECT engine FROM system.tables" + where)
                        : List.of();
        if (found.isEmpty() && !replicas.isEmpty()) {
            found =
                    transport.rowsWithoutDatabase(
                            "SELECT engine FROM cluster("
                                    + Sql.text(cluster.name())
                                    + ", system.tables)"
                                    + where);
        }
        return found.stream().findFirst().map(row -> Engine.parse(row.get(0)));
    }
}
