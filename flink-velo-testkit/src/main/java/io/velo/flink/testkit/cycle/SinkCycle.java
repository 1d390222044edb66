// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import io.velo.flink.testkit.contract.Planning;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.connector.sink.DynamicTableSink.SinkRuntimeProvider;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.sink.SinkRuntimeProviderContext;
import org.apache.flink.util.InstantiationUtil;

/**
 * Opens one writer of a table's sink, writes rows as for a checkpoint, writes them again and closes
 * the writer while they may be under way. Each time is a new deployment of the same job: with its
 * own copy of the sink, without state. Not thread-safe.
 */
public final class SinkCycle implements OpenClose {

    private static final SinkWriter.Context NO_TIME =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return null;
                }
            };

    private final Sink<RowData> sink;
    private final List<RowData> rows;

    private SinkCycle(Sink<RowData> sink, List<RowData> rows) {
        this.sink = sink;
        this.rows = rows;
    }

    /**
     * The cycle of a table.
     *
     * @param rows what is written, twice in each cycle
     * @throws IllegalArgumentException if the table is not written through Flink's sink interface
     */
    public static SinkCycle of(Planning table, List<RowData> rows) {
        SinkRuntimeProvider provider =
                table.sink().getSinkRuntimeProvider(new SinkRuntimeProviderContext(false));
        if (!(provider instanceof SinkV2Provider direct)) {
            throw new IllegalArgumentException("No sink: " + provider + ".");
        }
        return new SinkCycle(direct.createSink(), List.copyOf(rows));
    }

    @Override
    public void run() throws Exception {
        Sink<RowData> own = InstantiationUtil.clone(sink);
        try (SinkWriter<RowData> writer = own.createWriter(new LoneWriterContext())) {
            write(writer);
            writer.flush(false);
            write(writer);
        }
    }

    private void write(SinkWriter<RowData> writer) throws Exception {
        for (RowData row : rows) {
            writer.write(row, NO_TIME);
        }
    }
}
