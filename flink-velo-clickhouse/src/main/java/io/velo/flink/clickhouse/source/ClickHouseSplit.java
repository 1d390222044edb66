// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.shard.Shard;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a table that one reader reads: a query, and how far it got. It names values and never
 * data parts, so it stays valid while the server merges. Immutable.
 *
 * @param id unique within the job
 * @param base the query of the whole split
 * @param keys the sorting key by which the scan is ordered and can go on, or empty
 * @param limit the most rows to read, or {@link ScanPlan#NO_LIMIT}
 * @param asked which rows and columns the job wanted that planned it, see {@link ScanPlan#asked};
 *     empty if a checkpoint of the first format does not say
 * @param emitted rows that were handed out before the last checkpoint
 * @param point where the scan goes on; empty at the start, and if it cannot go on
 * @param shard the servers to read from; empty for those of the table
 */
record ClickHouseSplit(
        String id,
        SplitQuery base,
        List<ResumeKey> keys,
        long limit,
        String asked,
        long emitted,
        Optional<ResumePoint> point,
        Optional<Shard> shard)
        implements SourceSplit, Serializable {

    ClickHouseSplit {
        keys = List.copyOf(keys);
    }

    /** A split at its start. */
    static ClickHouseSplit of(String id, SplitQuery base, List<ResumeKey> keys, ScanPlan plan) {
        return new ClickHouseSplit(
                id, base, keys, plan.limit(), plan.asked(), 0, Optional.empty(), Optional.empty());
    }

    /** The rows of this split that meet one more condition, as another split. */
    ClickHouseSplit part(String newId, String condition) {
        return new ClickHouseSplit(
                newId, base.and(condition), keys, limit, asked, 0, Optional.empty(), shard);
    }

    /** The same split on the servers of a shard, as a part of the whole table's scan. */
    ClickHouseSplit on(String newId, Shard servers, ScanPlan plan) {
        return new ClickHouseSplit(
                newId, base, keys, limit, plan.asked(), emitted, point, Optional.of(servers));
    }

    @Override
    public String splitId() {
        return id;
    }

    /** The same split further on. */
    ClickHouseSplit at(long newEmitted, Optional<ResumePoint> newPoint) {
        return new ClickHouseSplit(id, base, keys, limit, asked, newEmitted, newPoint, shard);
    }

    /** Whether rows were handed out and it is not known which ones. */
    boolean lost() {
        return emitted > 0 && point.isEmpty();
    }

    /** Whether a job with this plan may read the split: another one would mistake its columns. */
    boolean fits(ScanPlan plan) {
        return asked.isEmpty() || asked.equals(plan.asked());
    }

    /** The query for the rest of the split, up to its FORMAT clause. */
    String query() {
        StringBuilder query =
                new StringBuilder(point.map(from -> base.and(notBefore(from))).orElse(base).text());
        if (!keys.isEmpty()) {
            query.append(" ORDER BY ").append(columns());
        }
        if (limit != ScanPlan.NO_LIMIT) {
            int again = point.map(from -> from.seen().size()).orElse(0);
            query.append(" LIMIT ").append(Math.max(0, limit - emitted) + again);
        }
        return query.toString();
    }

    private String notBefore(ResumePoint from) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            values.add(keys.get(i).literal(from.key().get(i)));
        }
        String first = keys.get(0).column() + " >= " + values.get(0);
        if (keys.size() == 1) {
            return first;
        }
        // The first column alone lets the server use its index.
        return first + " AND (" + columns() + ") >= (" + String.join(", ", values) + ")";
    }

    private String columns() {
        return keys.stream().map(ResumeKey::column).collect(Collectors.joining(", "));
    }
}
