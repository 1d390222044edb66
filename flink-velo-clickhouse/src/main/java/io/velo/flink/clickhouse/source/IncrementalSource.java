// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.source.ScanReader;
import io.velo.flink.common.source.SplitSerializer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Reads one ClickHouse table and then, range by range, what comes into it. */
final class IncrementalSource implements Source<RowData, ClickHouseSplit, RangeState> {

    private static final long serialVersionUID = 1L;

    private final ScanPlan plan;
    private final Following following;

    IncrementalSource(ScanPlan plan, Following following) {
        this.plan = plan;
        this.following = following;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RowData, ClickHouseSplit> createReader(SourceReaderContext context) {
        return new ScanReader<>(new BlockReading(plan), context);
    }

    @Override
    public SplitEnumerator<ClickHouseSplit, RangeState> createEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context) {
        return restoreEnumerator(context, RangeState.start());
    }

    @Override
    public SplitEnumerator<ClickHouseSplit, RangeState> restoreEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context, RangeState state) {
        RangePlanner planner = new RangePlanner(plan, following);
        return new RangeEnumerator(context, planner, following.pollMillis(), state);
    }

    @Override
    public SimpleVersionedSerializer<ClickHouseSplit> getSplitSerializer() {
        return new SplitSerializer<>(new SplitLayout());
    }

    @Override
    public SimpleVersionedSerializer<RangeState> getEnumeratorCheckpointSerializer() {
        return new RangeStateSerializer();
    }
}
