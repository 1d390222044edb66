// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.RetryMetrics;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows into one ClickHouse table, at least once. After a failure rows since the last
 * checkpoint are written again; a table whose engine replaces rows by key ends up with each once.
 */
final class ClickHouseSink implements Sink<RowData>, SupportsPreWriteTopology<RowData> {

    /** The name of the metrics' group. */
    static final String SCHEME = "clickhouse";

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;

    ClickHouseSink(WritePlan plan) {
        this.plan = plan;
    }

    @Override
    public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
        return plan.shuffle().of(rows);
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), SCHEME);
        FailureHandler failures = plan.failure().open(context, metrics);
        try {
            WriterShare share = WriterShare.of(plan, failures, context, metrics);
            return plan.table().placement().sharded()
                    ? new ShardedWriter(
                            ShardWriters.open(
                                    plan,
                                    context,
                                    (shard, batches) ->
                                            writer(shard, share, context, metrics, batches)))
                    : writer(plan, share, context, metrics, metrics);
        } catch (IOException refused) {
            throw closed(failures, refused);
        } catch (RuntimeException refused) {
            throw closed(failures, refused);
        }
    }

    /** Closes what was opened for a writer that there will not be; gives the reason back. */
    static <E extends Exception> E closed(AutoCloseable opened, E reason) {
        try {
            opened.close();
        } catch (Exception again) {
            reason.addSuppressed(again);
        }
        return reason;
    }

    private static ClickHouseWriter writer(
            WritePlan plan,
            WriterShare share,
            WriterInitContext context,
            VeloMetrics metrics,
            VeloMetrics batches)
            throws IOException {
        HttpTransport transport = new HttpTransport(plan.table().target());
        OpenedTable table = OpenedTable.inTask(plan.table(), transport);
        plan.optimize().check(plan.table(), table.meta());
        BlockCeiling ceiling =
                new BlockCeiling(
                        new RetryMetrics(metrics, "An insert into " + plan.table().title()));
        BlockSender sender =
                new BlockSender(
                        transport, table.settings(), plan.table().title(), plan.retry(), ceiling);
        // Rows that are kept are written by halves of the block, not by partitions.
        sender.cutBy(plan.failure().survives() ? null : table.split());
        try {
            boolean statements = table.upserts().deletes() == Upserts.Deletes.STATEMENT;
            KeyDeletes deletes =
                    statements
                            ? new KeyDeletes(
                                    transport, plan.table(), table.meta(), plan.retry(), ceiling)
                            : null;
            return new ClickHouseWriter(
                    plan, table, sender, ceiling, deletes, share, context, batches);
        } catch (RuntimeException e) {
            sender.close();
            throw e;
        }
    }
}
