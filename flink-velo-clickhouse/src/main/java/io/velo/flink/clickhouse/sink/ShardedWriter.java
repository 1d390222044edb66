// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;

/** Writes the rows of a Distributed table to its shards, at least once. */
final class ShardedWriter implements SinkWriter<RowData> {

    private final ShardWriters<ClickHouseWriter> shards;

    ShardedWriter(ShardWriters<ClickHouseWriter> shards) {
        this.shards = shards;
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        shards.write(row, context);
    }

    /** All shards work at once, so that a checkpoint waits for the slowest and not for the sum. */
    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        for (ClickHouseWriter writer : shards.writers()) {
            writer.beginFlush(endOfInput);
        }
        for (ClickHouseWriter writer : shards.writers()) {
            writer.flush(endOfInput);
        }
    }

    @Override
    public void close() throws Exception {
        shards.close();
    }
}
