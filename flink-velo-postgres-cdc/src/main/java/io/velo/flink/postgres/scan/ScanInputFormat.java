// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.List;
import org.apache.flink.api.common.io.DefaultInputSplitAssigner;
import org.apache.flink.api.common.io.RichInputFormat;
import org.apache.flink.api.common.io.statistics.BaseStatistics;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.core.io.InputSplitAssigner;
import org.apache.flink.table.data.RowData;

/**
 * Reads a table as a whole, for a lookup cache that holds all of it: Flink loads that by an input
 * format and by nothing else. Not thread-safe; {@link #close} can be called by any thread.
 */
public final class ScanInputFormat extends RichInputFormat<RowData, GenericInputSplit> {

    private static final long serialVersionUID = 1L;

    private final TableScan scan;

    private transient volatile ScanSplitReader reader;
    private transient TupleBatch batch;
    private transient RowData next;

    /** The rows of this scan. */
    public ScanInputFormat(TableScan scan) {
        this.scan = scan;
    }

    @Override
    public void configure(Configuration parameters) {
        // All is in the scan.
    }

    @Override
    public BaseStatistics getStatistics(BaseStatistics cached) {
        return cached;
    }

    @Override
    public GenericInputSplit[] createInputSplits(int wanted) {
        return new GenericInputSplit[] {new GenericInputSplit(0, 1)};
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(GenericInputSplit[] splits) {
        return new DefaultInputSplitAssigner(splits);
    }

    @Override
    public void open(GenericInputSplit split) {
        ScanSplit whole = ScanSplit.unread(scan.relation().toString(), KeyRange.ALL);
        reader = new ScanSplitReader(scan);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(whole)));
        batch = null;
        advance();
    }

    private void advance() {
        next = null;
        boolean ended = false;
        while (next == null && !ended) {
            if (batch == null) {
                batch = (TupleBatch) reader.fetch();
            }
            if (batch.nextRecordFromSplit() != null) {
                next = batch.row();
            } else {
                ended = !batch.finishedSplits().isEmpty();
                batch = null;
            }
        }
    }

    @Override
    public boolean reachedEnd() {
        return next == null;
    }

    @Override
    public RowData nextRecord(RowData reuse) {
        RowData row = next;
        advance();
        return row;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.abort();
            reader.close();
        }
    }
}
