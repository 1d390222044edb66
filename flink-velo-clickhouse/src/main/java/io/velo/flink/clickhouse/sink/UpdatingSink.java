// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Writes the new rows of an UPDATE. A job that is started again would read what it has written, and
 * change it once more; so it ends instead.
 */
final class UpdatingSink implements Sink<RowData>, SupportsPreWriteTopology<RowData> {

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;

    UpdatingSink(WritePlan plan) {
        this.plan = plan;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        Restart.refuse(
                context,
                plan.table(),
                "UPDATE was restarted: rows that are changed already would be changed once more.",
                "Some rows may have their new values. Look which, and update the others.");
        return new ClickHouseSink(plan).createWriter(context);
    }

    @Override
    public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
        return plan.shuffle().of(rows);
    }
}
