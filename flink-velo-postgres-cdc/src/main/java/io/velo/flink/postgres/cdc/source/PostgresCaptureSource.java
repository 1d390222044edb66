// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Reads the rows of PostgreSQL tables and then their changes, each exactly once: the rows in
 * parallel by ranges, the changes by one reader in the order of their commits.
 *
 * <p>Rows have the columns of {@link CaptureSettings#layout()}, metadata behind them. Immutable,
 * therefore thread-safe. Opens no connection itself: the enumerator and the readers do.
 */
public final class PostgresCaptureSource
        implements Source<RowData, CaptureSplit, CaptureCheckpoint> {

    private static final long serialVersionUID = 1L;

    private final CaptureSettings settings;

    /** A source for this capture. */
    public PostgresCaptureSource(CaptureSettings settings) {
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.readsChanges() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<CaptureSplit, CaptureCheckpoint> createEnumerator(
            SplitEnumeratorContext<CaptureSplit> context) {
        return new CaptureEnumerator(settings, context, CaptureCheckpoint.NOTHING);
    }

    @Override
    public SplitEnumerator<CaptureSplit, CaptureCheckpoint> restoreEnumerator(
            SplitEnumeratorContext<CaptureSplit> context, CaptureCheckpoint checkpoint) {
        return new CaptureEnumerator(settings, context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<CaptureSplit> getSplitSerializer() {
        return new CaptureSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<CaptureCheckpoint> getEnumeratorCheckpointSerializer() {
        return new CaptureCheckpointSerializer();
    }

    @Override
    public SourceReader<RowData, CaptureSplit> createReader(SourceReaderContext context) {
        return new CaptureReader(settings, context);
    }
}
