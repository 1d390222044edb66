// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.meta.ServerMeta;
import io.velo.flink.clickhouse.meta.TableMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the real table, compares it with the columns that are asked for, and cuts the scan into
 * splits. FINAL is added where the engine merges rows, also through a Distributed table.
 *
 * <p>A split is a condition on values and never names data parts, so it stays the same while the
 * server merges. A table of the MergeTree family is cut by partition; small partitions share a
 * split, great ones are cut by ranges of the primary key. A last split takes every partition that
 * was not listed, so that a list that is behind loses nothing. A table that is read with FINAL is
 * cut by key ranges only, because rows of one key may lie in several partitions. The shards of a
 * Distributed table are cut each for itself. Everything else is one split.
 */
final class SplitPlanner {

    static final Map<String, String> SEQUENTIAL = Map.of("select_sequential_consistency", "1");

    private final ScanPlan plan;

    SplitPlanner(ScanPlan plan) {
        this.plan = plan;
    }

    /**
     * The splits of the scan.
     *
     * @throws io.velo.flink.common.error.VeloException if the table is missing or does not fit
     */
    List<ClickHouseSplit> split() throws InterruptedException {
        HttpTransport transport = new HttpTransport(plan.target());
        return Patience.ask(
                transport,
                "Planning the scan of " + plan.title(),
                () -> split(transport, PlannedTable.read(transport, plan.object())));
    }

    private List<ClickHouseSplit> split(HttpTransport transport, TableMeta meta)
            throws IOException {
        if (meta.engine().distributed() && plan.reading().useLocal() && !plan.object().isQuery()) {
            Optional<List<ClickHouseSplit>> ofShards =
                    new ShardPlanner(plan, transport, meta).split();
            if (ofShards.isPresent()) {
                return ofShards.get();
            }
        }
        return parts(transport, meta);
    }

    /** The splits of a table that is read from the servers of this transport. */
    List<ClickHouseSplit> parts(HttpTransport transport, TableMeta meta) throws IOException {
        ClickHouseSplit whole = whole(meta);
        if (plan.object().isQuery() || !meta.engine().name().endsWith("MergeTree")) {
            return List.of(whole);
        }
        Map<String, String> settings =
                ServerMeta.read(transport, SEQUENTIAL.keySet()).accepted(SEQUENTIAL);
        PartitionCuts cuts =
                new PartitionCuts(transport, meta, plan.reading().splitSize(), settings);
        List<String> conditions =
                meta.engine().needsFinal() ? cuts.byKey() : cuts.byPartitionAndKey();
        List<ClickHouseSplit> splits = new ArrayList<>();
        for (String condition : conditions) {
            splits.add(whole.part(plan.title() + "#" + splits.size(), condition));
        }
        return splits;
    }

    /** The whole scan as one split. */
    ClickHouseSplit whole(TableMeta meta) {
        return whole(meta, plan.reading().resumable() ? keys(meta) : List.of());
    }

    /** The whole scan as one split that is ordered by these keys. */
    ClickHouseSplit whole(TableMeta meta, List<ResumeKey> keys) {
        List<String> expressions = new ArrayList<>(SelectList.of(plan, meta));
        keys.forEach(key -> expressions.add(key.hex()));
        String select =
                "SELECT "
                        + (expressions.isEmpty() ? "toUInt8(1)" : String.join(", ", expressions))
                        + " FROM "
                        + plan.object().from()
                        + (meta.holder().needsFinal() ? " FINAL" : "");
        String groupBy = plan.aggregates().groupByClause();
        return ClickHouseSplit.of(
                plan.title() + "#0", new SplitQuery(select, plan.filters(), groupBy), keys, plan);
    }

    /** The sorting key if every part of it is a column by whose values the scan can go on. */
    private static List<ResumeKey> keys(TableMeta meta) {
        List<ResumeKey> keys = new ArrayList<>();
        for (String part : meta.sortingKey()) {
            Optional<ResumeKey> key = meta.column(part).flatMap(ResumeKey::of);
            if (key.isEmpty()) {
                return List.of();
            }
            keys.add(key.get());
        }
        return keys;
    }
}
