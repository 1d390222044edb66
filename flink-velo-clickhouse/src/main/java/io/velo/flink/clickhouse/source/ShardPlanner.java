// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.meta.ClusterReader;
import io.velo.flink.clickhouse.meta.ColumnMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.uri.HostPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a Distributed table into splits of the tables on its shards, each read from that shard's own
 * servers. The cluster names hosts and their native ports; HTTP is expected at the port of the
 * server that was asked.
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
        ClusterReader reader = new ClusterReader(transport);
        String cluster = reader.expanded(found.get().cluster());
        Map<Integer, List<ClusterReader.Replica>> shards = reader.shards(cluster);
        if (shards.isEmpty()) {
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
        for (Map.Entry<Integer, List<ClusterReader.Replica>> each : shards.entrySet()) {
            Shard shard = shard(found.get(), each.getValue());
            ScanObject object = new ScanObject(shard.database(), found.get().table(), "");
            String title = "shard " + each.getKey() + " of cluster '" + cluster + "'";
            Optional<List<ClickHouseSplit>> parts = parts(shard, object, title);
            if (parts.isEmpty()) {
                return Optional.empty();
            }
            for (ClickHouseSplit part : parts.get()) {
                int number = splits.size();
                splits.add(part.on(plan.title() + "#" + number, shard.startingWith(number), plan));
            }
        }
        return Optional.of(splits);
    }

    /** A shard does not know its number: only the Distributed table gives it to rows. */
    private boolean asksForShardNumber() {
        return plan.columns().stream().anyMatch(c -> c.virtual() && c.name().equals("_shard_num"))
                || plan.filters().stream().anyMatch(filter -> filter.contains("_shard_num"));
    }

    private Shard shard(DistributedTable table, List<ClusterReader.Replica> replicas) {
        String asked = transport.host();
        int port = Integer.parseInt(asked.substring(asked.lastIndexOf(':') + 1));
        List<String> hosts =
                replicas.stream()
                        .map(
                                each ->
                                        each.local()
                                                ? asked
                                                : new HostPort(each.host(), port).toString())
                        .distinct()
                        .toList();
        String own = replicas.get(0).database();
        String database = table.database().isEmpty() ? own : table.database();
        return new Shard(hosts, database.isEmpty() ? "default" : database);
    }

    private Optional<List<ClickHouseSplit>> parts(Shard shard, ScanObject object, String title) {
        ScanPlan local = plan.at(shard.in(plan.target()), object);
        HttpTransport there = new HttpTransport(local.target());
        try {
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
            // Two servers of one host cannot be told apart by its name and one port.
            String server = there.rowsWithoutDatabase("SELECT serverUUID()").get(0).get(0);
            if (!planned.add(server + " " + object.title())) {
                warn(title + " leads over HTTP to a server that is a shard already");
                return Optional.empty();
            }
            return Optional.of(new SplitPlanner(local).parts(there, found.get()));
        } catch (ServerFailure said) {
            throw Explanation.of(said, "Reading " + title, there.host(), plan.target().place());
        } catch (IOException failure) {
            throw unreadable(failure, there, title);
        } catch (io.velo.flink.common.error.VeloException failure) {
            throw failure.reason().isPresent() && !(failure.reason().get() instanceof ServerFailure)
                    ? unreadable(failure.reason().get(), there, title)
                    : failure;
        }
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

    private RuntimeException unreadable(Throwable failure, HttpTransport there, String title) {
        String said =
                Explanation.of(failure, "Reading " + title, there.host(), plan.target().place())
                        .getMessage();
        LOG.info("Planning {}: {}", plan.title(), said);
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "The server "
                                + String.join(" or ", there.target().hosts())
                                + ", "
                                + title
                                + ", cannot be read over HTTP.")
                .at(plan.target().place())
                .remedy("Its name comes from system.clusters, its port from the URI. " + THROUGH)
                .toException(failure);
    }
}
