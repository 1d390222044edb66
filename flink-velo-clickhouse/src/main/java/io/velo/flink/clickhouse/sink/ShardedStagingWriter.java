// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.table.data.RowData;

/** Seals the rows of a Distributed table into blocks of one shard each, for a checkpoint. */
final class ShardedStagingWriter
        implements CommittingSinkWriter<RowData, StagedBlock>,
                StatefulSinkWriter<RowData, WrittenVersions> {

    private final ShardWriters<StagingWriter> shards;
    private final TaskInfo task;

    ShardedStagingWriter(ShardWriters<StagingWriter> shards, TaskInfo task) {
        this.shards = shards;
        this.task = task;
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        shards.write(row, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        for (StagingWriter writer : shards.writers()) {
            writer.flush(endOfInput);
        }
    }

    @Override
    public Collection<StagedBlock> prepareCommit() {
        List<StagedBlock> blocks = new ArrayList<>();
        shards.writers().forEach(writer -> blocks.addAll(writer.prepareCommit()));
        return blocks;
    }

    @Override
    public List<WrittenVersions> snapshotState(long checkpointId) {
        long versions =
                shards.writers().stream().mapToLong(StagingWriter::versions).max().orElse(0);
        return StagingWriter.state(versions, task);
    }

    @Override
    public void close() throws Exception {
        shards.close();
    }
}
