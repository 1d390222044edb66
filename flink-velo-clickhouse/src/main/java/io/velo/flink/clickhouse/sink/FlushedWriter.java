// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.table.data.RowData;

/** A writer whose rows are in the table when it is flushed, so that nothing is left to commit. */
final class FlushedWriter
        implements CommittingSinkWriter<RowData, StagedBlock>,
                StatefulSinkWriter<RowData, WrittenVersions> {

    private final SinkWriter<RowData> writer;

    FlushedWriter(SinkWriter<RowData> writer) {
        this.writer = writer;
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        writer.write(row, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    @Override
    public Collection<StagedBlock> prepareCommit() {
        return List.of();
    }

    /** The table shows all versions. */
    @Override
    public List<WrittenVersions> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void close() throws Exception {
        writer.close();
    }
}
