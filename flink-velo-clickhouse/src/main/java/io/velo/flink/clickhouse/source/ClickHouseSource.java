// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Reads one ClickHouse table once. */
final class ClickHouseSource implements Source<RowData, ClickHouseSplit, EnumeratorState> {

    private static final long serialVersionUID = 1L;

    private final ScanPlan plan;

    ClickHouseSource(ScanPlan plan) {
        this.plan = plan;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, ClickHouseSplit> createReader(SourceReaderContext context) {
        return new ClickHouseReader(plan, new ScanSplitReader(plan), context);
    }

    @Override
    public SplitEnumerator<ClickHouseSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context) {
        return restoreEnumerator(context, new EnumeratorState(false, List.of()));
    }

    @Override
    public SplitEnumerator<ClickHouseSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context, EnumeratorState state) {
        return new ClickHouseEnumerator(context, plan, state);
    }

    @Override
    public SimpleVersionedSerializer<ClickHouseSplit> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }
}
