// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows into one ClickHouse table, at least once. After a failure rows since the last
 * checkpoint are written again; a table whose engine replaces rows by key ends up with each once.
 */
final class ClickHouseSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final SinkPlan plan;

    ClickHouseSink(SinkPlan plan) {
        this.plan = plan;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        HttpTransport transport = new HttpTransport(plan.target());
        OpenedTable table = open(transport);
        SinkMetrics metrics = new SinkMetrics(context.metricGroup());
        BlockSender sender =
                new BlockSender(
                        transport,
                        table.statement(),
                        table.settings(),
                        plan.title(),
                        metrics::retried);
        return new ClickHouseWriter(
                table,
                sender,
                plan,
                context.getMailboxExecutor(),
                context.getProcessingTimeService(),
                metrics);
    }

    private OpenedTable open(HttpTransport transport) {
        try {
            return OpenedTable.open(plan, transport);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The task was stopped while it opened.", e);
        }
    }
}
