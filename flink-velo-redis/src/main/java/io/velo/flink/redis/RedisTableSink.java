// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;
import org.apache.flink.types.RowKind;

/**
 * A table of Redis keys that is written.
 *
 * <p>Without a primary key it takes insertions. With one it takes updates and deletions by key;
 * when the template uses more than the key, it also asks for the rows before updates, to delete the
 * keys under which they stood. Not thread-safe, as the planner uses it.
 */
final class RedisTableSink implements DynamicTableSink, SupportsTargetColumnWriting {

    private final WrittenTable written;
    private final WriteSettings settings;
    private final Integer parallelism;
    private final Set<Integer> targets = new HashSet<>();

    /**
     * A sink of a table.
     *
     * @param settings how rows are sent
     * @param parallelism null for the job's
     */
    RedisTableSink(WrittenTable written, WriteSettings settings, Integer parallelism) {
        this.written = written;
        this.settings = settings;
        this.parallelism = parallelism;
    }

    /** What is written. */
    WrittenTable written() {
        return written;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        if (written.primaryKey().isEmpty()) {
            return ChangelogMode.insertOnly();
        }
        if (!written.isKeyedByPrimaryKey()) {
            return ChangelogMode.all();
        }
        return ChangelogMode.newBuilder()
                .addContainedKind(RowKind.INSERT)
                .addContainedKind(RowKind.UPDATE_AFTER)
                .addContainedKind(RowKind.DELETE)
                .keyOnlyDeletes(true)
                .build();
    }

    /** A hash can keep the fields that an INSERT does not name; a string cannot. */
    @Override
    public boolean applyTargetColumns(int[][] targetColumns) {
        if (written.type() != ValueType.HASH) {
            return false;
        }
        for (int[] path : targetColumns) {
            targets.add(path[0]);
        }
        return true;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        WritePlan plan =
                new WritePlan(
                        written.table().endpoint(),
                        written.table().name(),
                        written.columns(),
                        settings.batching(),
                        settings.rowsPerSecond(),
                        settings.retry(),
                        settings.breaker(),
                        settings.failure().plan(context));
        RedisSink sink = new RedisSink(plan, written.keys(), written.encoder(targets));
        return SinkV2Provider.of(sink, parallelism);
    }

    @Override
    public DynamicTableSink copy() {
        RedisTableSink copy = new RedisTableSink(written, settings, parallelism);
        copy.targets.addAll(targets);
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "Redis " + written.table().endpoint().shown();
    }
}
