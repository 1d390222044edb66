// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/**
 * Fills a table beside the one that is overwritten; when all writers have ended it takes its place.
 * A writer that is started again would write its rows once more, so it ends the job instead: then,
 * and when the job fails or is cancelled otherwise, the former rows stay.
 */
final class OverwritingSink
        implements Sink<RowData>,
                SupportsCommitter<StagedBlock>,
                SupportsPreWriteTopology<RowData>,
                SupportsPostCommitTopology<StagedBlock> {

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;
    private final OverwriteTable overwritten;

    /**
     * A sink of a batch job.
     *
     * @param plan how the staging table is written
     * @param overwritten that table
     */
    OverwritingSink(WritePlan plan, OverwriteTable overwritten) {
        this.plan = plan;
        this.overwritten = overwritten;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        try {
            if (Restart.isOne(context)) {
                refuse(context, overwritten.hasTakenName());
            }
            overwritten.begin();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while it opened the table.", stopped);
        }
        return new FlushedWriter(new ClickHouseSink(plan).createWriter(context));
    }

    private void refuse(WriterInitContext context, boolean done) {
        Restart.refuse(
                context,
                plan.table(),
                done
                        ? "INSERT OVERWRITE was restarted when its table had taken the place of the"
                                + " other."
                        : "INSERT OVERWRITE was restarted: rows that are written already would be"
                                + " there twice.",
                done
                        ? "The table has all rows of the statement already: do not start it again."
                        : "The table is as it was. Start the statement again.");
    }

    @Override
    public Committer<StagedBlock> createCommitter(CommitterInitContext context) {
        return new NothingToCommit();
    }

    @Override
    public SimpleVersionedSerializer<StagedBlock> getCommittableSerializer() {
        return new StagedBlockSerializer();
    }

    @Override
    public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
        return plan.shuffle()
                .of(rows)
                .transform("Overwrite", rows.getType(), new GuardedRows(overwritten.staging()));
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<StagedBlock>> committed) {
        committed
                .global()
                .transform("Replace table", Types.VOID, new TableExchange(overwritten))
                .forceNonParallel();
    }
}
