// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.IOException;
import org.apache.flink.api.common.io.DefaultInputSplitAssigner;
import org.apache.flink.api.common.io.RichInputFormat;
import org.apache.flink.api.common.io.statistics.BaseStatistics;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.InputSplit;
import org.apache.flink.core.io.InputSplitAssigner;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * The scan as an input format, the only form in which Flink's full lookup cache takes it. It reads
 * the same splits in the same way.
 */
final class ScanInputFormat extends RichInputFormat<RowData, ScanInputFormat.Part> {

    private static final long serialVersionUID = 1L;

    /** One split with its number. */
    record Part(int number, ClickHouseSplit split) implements InputSplit {

        private static final long serialVersionUID = 1L;

        @Override
        public int getSplitNumber() {
            return number;
        }
    }

    private final ScanPlan plan;
    private transient Transports transports;
    private transient BlockStream stream;
    private transient Block block;
    private transient int row;

    ScanInputFormat(ScanPlan plan) {
        this.plan = plan;
    }

    @Override
    public void configure(Configuration parameters) {
        // Everything is in the plan.
    }

    @Override
    public BaseStatistics getStatistics(BaseStatistics cachedStatistics) {
        return cachedStatistics;
    }

    @Override
    public Part[] createInputSplits(int atLeast) throws IOException {
        try {
            var splits = new SplitPlanner(plan).split();
            Part[] parts = new Part[splits.size()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = new Part(i, splits.get(i));
            }
            return parts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        }
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(Part[] parts) {
        return new DefaultInputSplitAssigner(parts);
    }

    @Override
    public void open(Part part) throws IOException {
        try {
            if (transports == null) {
                transports = new Transports(plan.target());
            }
            stream = BlockStream.open(transports.to(part.split()), plan, part.split());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        }
        block = stream.next();
        row = 0;
    }

    @Override
    public boolean reachedEnd() {
        while (block != null && row >= block.rows()) {
            block = stream.next();
            row = 0;
        }
        return block == null;
    }

    @Override
    public RowData nextRecord(RowData reuse) {
        RowData view = block.row(row++);
        GenericRowData own = new GenericRowData(RowKind.INSERT, plan.rowType().getFieldCount());
        for (int i = 0; i < own.getArity(); i++) {
            own.setField(i, OwnValue.of(block.field(view, i)));
        }
        return own;
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
