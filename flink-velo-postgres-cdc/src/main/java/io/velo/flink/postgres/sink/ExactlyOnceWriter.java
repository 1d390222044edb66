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
    private final Ledger ledger;
    private long epoch;
    private boolean known;

    /**
     * Where the rows of a writer wait.
     *
     * @param epoch the first one
     * @param known whether a checkpoint has the writer in its state
     */
    record Staging(
            EpochScope scope, StagingNames names, Ledger ledger, long epoch, boolean known) {}

    ExactlyOnceWriter(
            WriterParts parts,
            Staging staging,
            WritePlan plan,
            FailureHandler failures,
            WriterInitContext context) {
        super(parts.batches(plan, staging.scope()), plan, failures, context, parts.metrics());
        this.parts = parts;
        this.scope = staging.scope();
        this.names = staging.names();
        this.ledger = staging.ledger();
        this.epoch = staging.epoch();
        this.known = staging.known();
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
    public List<WriterPosition> snapshotState(long checkpointId) throws IOException {
        if (!known) {
            know(checkpointId);
            known = true;
        }
        return List.of(new WriterPosition(names.writer(), epoch));
    }

    private void know(long checkpointId) throws IOException {
        try {
            parts.lane()
                    .call(
                            parts.work()
                                    .repeated(
                                            attempt -> {
                                                ledger.know(
                                                        parts.connection().session(),
                                                        names.writer(),
                                                        checkpointId);
                                                return null;
                                            }));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled during a checkpoint.", e);
        }
    }
}
