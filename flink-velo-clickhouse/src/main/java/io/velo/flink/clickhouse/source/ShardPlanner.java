// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.shard.ClusterReader;
import io.velo.flink.clickhouse.shard.DistributedTable;
import io.velo.flink.clickhouse.shard.ServerPin;
import io.velo.flink.clickhouse.shard.Shard;
import io.velo.flink.clickhouse.shard.ShardServers;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a Distributed table into splits of the tables on its shards, each read from that shard's own
 * servers.
 */
final class ShardPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(ShardPlanner.class);
    private static final String THROUGH =
            "Correct that, or add use_local=false: then the table is read through "
                    + "the server of the URI, by one split.";

    private final ScanPlan plan;
    private final HttpTransport transport;
    private final TableMeta meta;
    private final Set<String> planned = new HashSet<>();

    ShardPlanner(ScanPlan plan, HttpTransport transport, TableMeta meta) {
        this.plan = plan;
        this.transport = transport;
        this.meta = meta;
    }

    /**
     * The splits of all shards, or nothing if only the Distributed table itself can answer.
     *
     * @throws io.velo.flink.common.error.VeloException if the cluster is not known or a shard
     *     cannot be read
     */
    Optional<List<ClickHouseSplit>> split() throws IOException {
        Optional<DistributedTable> found = DistributedTable.of(meta.engine());
        if (found.isEmpty() || asksForShardNumber()) {
            return Optional.empty();
        }
        Optional<ClusterReader.Cluster> known = cluster(found.get());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        ClusterReader.Cluster servers = known.get();
        String cluster = servers.name();
        if (servers.shards().isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_NO_TABLE,
                            "Cluster '"
                                    + cluster
                                    + "' of the Distributed table "
                                    + meta.title()
                                    + " is not known to "
                                    + transport.host()
                                    + ".")
                    .at(plan.target().place())
                    .remedy(THROUGH)
                    .toException();
        }
        List<ClickHouseSplit> splits = new ArrayList<>();
        ShardServers search = new ShardServers(servers, transport);
        for (Map.Entry<Integer, List<ClusterReader.Replica>> each : servers.shards().entrySet()) {
            String title = "shard " + each.getKey() + " of cluster '" + cluster + "'";
            Optional<PlannedShard> planned = shard(found.get(), each.getValue(), search, title);
            if (planned.isEmpty()) {
                return Optional.empty();
            }
            for (ClickHouseSplit part : planned.get().parts()) {
                int number = splits.size();
                String id = plan.title() + "#" + number;
                splits.add(
                        part.part(id, planned.get().pin())
                                .on(id, planned.get().shard().startingWith(number), plan));
            }
        }
        return Optional.of(splits);
    }

    /** The cluster, or nothing if the login may not read which servers it has. */
    private Optional<ClusterReader.Cluster> cluster(DistributedTable table) throws IOException {
        ClusterReader reader = new ClusterReader(transport);
        try {
            return Optional.of(reader.cluster(reader.expanded(table.cluster())));
        } catch (ServerFailure failure) {
            if (failure.code() != ServerFailure.ACCESS_DENIED) {
                throw failure;
            }
            warn(failure.getMessage());
            return Optional.empty();
        }
    }

    /** A shard does not know its number: only the Distributed table gives it to rows. */
    private boolean asksForShardNumber() {
        return plan.columns().stream().anyMatch(c -> c.virtual() && c.name().equals("_shard_num"))
                || plan.filters().stream().anyMatch(filter -> filter.contains("_shard_num"));
    }

    /**
     * A shard whose servers were found.
     *
     * @param pin the condition that fails on every other server
     * @param parts the splits of its table
     */
    private record PlannedShard(Shard shard, String pin, List<ClickHouseSplit> parts) {}

    private Optional<PlannedShard> shard(
            DistributedTable table,
            List<ClusterReader.Replica> all,
            ShardServers search,
            String title) {
        String own = table.database().isEmpty() ? all.get(0).database() : table.database();
        String database = own.isEmpty() ? "default" : own;
        // A replica that takes another database has another table of the name.
        List<ClusterReader.Replica> replicas =
                all.stream()
                        .filter(each -> !table.database().isEmpty() || each.database().equals(own))
                        .toList();
        List<String> addresses = search.addresses(replicas);
        try {
            Map<String, String> servers = search.find(replicas);
            ScanObject object = new ScanObject(database, table.table(), "");
            if (servers.isEmpty()) {
                warn(
                        "over HTTP none of the servers of "
                                + title
                                + " answers at its hosts, but others do, or they cannot be told"
                                + " apart");
                return Optional.empty();
            }
            if (isPlanned(servers.values(), object)) {
                warn(title + " leads over HTTP to a server that is a shard already");
                return Optional.empty();
            }
            Shard shard = new Shard(List.copyOf(servers.keySet()), database);
            String pin = ServerPin.condition(new TreeSet<>(servers.values()));
            return parts(shard, object, title).map(parts -> new PlannedShard(shard, pin, parts));
        } catch (ServerFailure said) {
            throw Explanation.of(said, "Reading " + title, transport.host(), plan.target().place());
        } catch (IOException failure) {
            throw unreadable(failure, addresses, title);
        } catch (VeloException failure) {
            throw failure.reason().isPresent() && !(failure.reason().get() instanceof ServerFailure)
                    ? unreadable(failure.reason().get(), addresses, title)
                    : failure;
        }
    }

    /** Whether another shard has this table on one of these servers. */
    private boolean isPlanned(Collection<String> servers, ScanObject object) {
        Set<String> tables = new HashSet<>();
        servers.forEach(server -> tables.add(server + " " + object.title()));
        boolean again = tables.stream().anyMatch(planned::contains);
        planned.addAll(tables);
        return again;
    }

    private Optional<List<ClickHouseSplit>> parts(Shard shard, ScanObject object, String title)
            throws IOException {
        ScanPlan local = plan.at(shard.in(plan.target()), object);
        HttpTransport there = transport.to(shard.hosts(), shard.database());
        Optional<TableMeta> found =
                new TableMetaReader(there).find(object.database(), object.table());
        if (found.isEmpty()) {
            throw Problem.of(
                            ErrorCode.SCHEMA_NO_TABLE,
                            title + " has no table " + object.title() + ".")
                    .at(plan.target().place())
                    .remedy(THROUGH)
                    .toException();
        }
        if (!holds(found.get())) {
            warn("the columns of " + object.title() + " on " + title + " are not the same");
            return Optional.empty();
        }
        return Optional.of(new SplitPlanner(local).parts(there, found.get()));
    }

    private void warn(String reason) {
        LOG.warn(
                "{} is read through the Distributed table, by one split: {}.",
                meta.title(),
                reason);
    }

    /** Whether the shard's table has all the columns, with the same types. */
    private boolean holds(TableMeta local) {
        return meta.columns().stream()
                .filter(ColumnMeta::readable)
                .allMatch(
                        column ->
                                local.column(column.name())
                                        .filter(ColumnMeta::readable)
                                        .map(own -> own.type().text())
                                        .filter(text -> text.equals(column.type().text()))
                                        .isPresent());
    }

    private RuntimeException unreadable(Throwable failure, List<String> addresses, String title) {
        String hosts = String.join(" or ", addresses);
        String said =
                Explanation.of(failure, "Reading " + title, hosts, plan.target().place())
                        .getMessage();
        LOG.info("Planning {}: {}", plan.title(), said);
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "The server " + hosts + ", " + title + ", cannot be read over HTTP.")
                .at(plan.target().place())
                .remedy(
                        "Its name comes from system.clusters, its port from the URI, or from what it"
                                + " says itself. "
                                + THROUGH)
                .toException(failure);
    }
}
