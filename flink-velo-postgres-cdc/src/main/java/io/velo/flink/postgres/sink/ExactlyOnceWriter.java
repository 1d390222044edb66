// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.failure.FailureHandler;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/** A writer whose rows wait for the checkpoint that covers them. For the task's thread. */
final class ExactlyOnceWriter extends PostgresWriter
        implements CommittingSinkWriter<RowData, StagedRows>,
                StatefulSinkWriter<RowData, WriterPosition> {

    private final WriterParts parts;
    private final EpochScope scope;
    private final StagingNames names;
    private long epoch;

    ExactlyOnceWriter(
            WriterParts parts,
            EpochScope scope,
            StagingNames names,
            long epoch,
            WritePlan plan,
            FailureHandler failures,
            WriterInitContext context) {
        super(parts.batches(plan, scope), plan, failures, context, parts.metrics());
        this.parts = parts;
        this.scope = scope;
        this.names = names;
        this.epoch = epoch;
    }

    @Override
    public Collection<StagedRows> prepareCommit() throws IOException, InterruptedException {
        StagedRows rows =
                parts.lane()
                        .call(
                                parts.work()
                                        .repeated(
                                                attempt ->
                                                        scope.end(parts.connection().session())));
        scope.next();
        epoch++;
        return rows == null ? List.of() : List.of(rows);
    }

    @Override
    public List<WriterPosition> snapshotState(long checkpointId) {
        return List.of(new WriterPosition(names.writer(), epoch));
    }
}
