// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.DataType;

/** Writes into a memory table: upserts with a primary key, all changes without. */
final class MemoryTableSink implements DynamicTableSink {

    private final String name;
    private final DataType type;
    private final int[] keyPositions;
    private final Integer parallelism;

    MemoryTableSink(String name, DataType type, int[] keyPositions, Integer parallelism) {
        this.name = name;
        this.type = type;
        this.keyPositions = keyPositions;
        this.parallelism = parallelism;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return keyPositions.length == 0 ? ChangelogMode.all() : ChangelogMode.upsert();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(
                new MemorySink(name, keyPositions, context.createDataStructureConverter(type)),
                parallelism);
    }

    @Override
    public DynamicTableSink copy() {
        return new MemoryTableSink(name, type, keyPositions, parallelism);
    }

    @Override
    public String asSummaryString() {
        return "memory://" + name;
    }
}
