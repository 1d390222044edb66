// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.shard.ShardPlace;
import io.velo.flink.clickhouse.shard.ShardedTable;
import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * One writer for each shard of a Distributed table. For the task's thread only.
 *
 * @param router gives each row its shard
 * @param writers in the order of the shards
 * @param <W> the kind of writers
 */
record ShardWriters<W extends SinkWriter<RowData>>(ShardRouter router, List<W> writers)
        implements AutoCloseable {

    /**
     * Opens the writer of one shard.
     *
     * @param <W> the kind of writers
     */
    @FunctionalInterface
    interface Opening<W> {
        /** The writer of this plan, which counts its batches there. */
        W open(WritePlan shard, VeloMetrics batches) throws IOException;
    }

    /**
     * Looks for the shards and opens a writer for each that takes rows.
     *
     * @throws io.velo.flink.common.error.VeloException if they cannot be written
     */
    static <W extends SinkWriter<RowData>> ShardWriters<W> open(
            WritePlan plan, WriterInitContext context, Opening<W> opening) throws IOException {
        HttpTransport transport = new HttpTransport(plan.table().target());
        ShardedTable table = ShardRouter.findInTask(plan.table(), transport);
        List<W> writers = new ArrayList<>();
        ShardWriters<W> all =
                new ShardWriters<>(ShardRouter.of(plan.table(), table, transport), writers);
        try {
            for (ShardPlace place : table.shards()) {
                String number = Integer.toString(place.number());
                VeloMetrics batches =
                        VeloMetrics.of(
                                context.metricGroup().addGroup("shard", number),
                                ClickHouseSink.SCHEME);
                writers.add(opening.open(plan.at(place, table.shards().size()), batches));
            }
        } catch (IOException refused) {
            throw ClickHouseSink.closed(all, refused);
        } catch (RuntimeException refused) {
            throw ClickHouseSink.closed(all, refused);
        }
        return all;
    }

    /** Gives a row to the writer of its shard. */
    void write(RowData row, SinkWriter.Context context) throws IOException, InterruptedException {
        writers.get(router.shard(row)).write(row, context);
    }

    /** Closes all writers, also if one of them fails to. */
    @Override
    public void close() throws Exception {
        Exception failure = null;
        for (W writer : writers) {
            try {
                writer.close();
            } catch (Exception one) {
                failure = failure == null ? one : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
