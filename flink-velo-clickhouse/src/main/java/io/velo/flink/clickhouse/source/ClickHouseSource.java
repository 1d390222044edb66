// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.source.ScanEnumerator;
import io.velo.flink.common.source.ScanReader;
import io.velo.flink.common.source.ScanState;
import io.velo.flink.common.source.ScanStateSerializer;
import io.velo.flink.common.source.SplitSerializer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Reads one ClickHouse table once. */
final class ClickHouseSource
        implements Source<RowData, ClickHouseSplit, ScanState<ClickHouseSplit>> {

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
        return new ScanReader<>(new BlockReading(plan), context);
    }

    @Override
    public SplitEnumerator<ClickHouseSplit, ScanState<ClickHouseSplit>> createEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context) {
        return restoreEnumerator(context, ScanState.unplanned());
    }

    @Override
    public SplitEnumerator<ClickHouseSplit, ScanState<ClickHouseSplit>> restoreEnumerator(
            SplitEnumeratorContext<ClickHouseSplit> context, ScanState<ClickHouseSplit> state) {
        return new ScanEnumerator<>(context, () -> new SplitPlanner(plan).split(), state);
    }

    @Override
    public SimpleVersionedSerializer<ClickHouseSplit> getSplitSerializer() {
        return new SplitSerializer<>(new SplitLayout());
    }

    @Override
    public SimpleVersionedSerializer<ScanState<ClickHouseSplit>>
            getEnumeratorCheckpointSerializer() {
        return new ScanStateSerializer<>(new SplitLayout());
    }
}
