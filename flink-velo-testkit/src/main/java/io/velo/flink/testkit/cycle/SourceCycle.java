// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import io.velo.flink.testkit.contract.Planning;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.ScanTableSource.ScanRuntimeProvider;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.util.InstantiationUtil;

/**
 * Opens the enumerator and one reader of a table's source, reads some rows and closes both while
 * more are under way; whenever there is nothing to read, there is a checkpoint. Each time is a new
 * deployment of the same job: with its own copy of the source, without state. Not thread-safe.
 *
 * @param <S> a split
 */
public final class SourceCycle<S extends SourceSplit> implements OpenClose {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final Source<RowData, S, ?> source;
    private final long rows;
    private final OpenClose change;
    private final long changedRows;

    private SourceCycle(
            Source<RowData, S, ?> source, long rows, OpenClose change, long changedRows) {
        this.source = source;
        this.rows = rows;
        this.change = change;
        this.changedRows = changedRows;
    }

    /**
     * The cycle of a table.
     *
     * @param rows after how many rows the source is closed; it must have as many
     * @throws IllegalArgumentException if the table is not read through Flink's source interface
     */
    public static SourceCycle<?> of(Planning table, long rows) {
        ScanRuntimeProvider provider =
                ((ScanTableSource) table.source())
                        .getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);
        return new SourceCycle<>(source(provider), rows, () -> {}, 0);
    }

    /**
     * The same, but once these rows are read the table is changed and the source is closed after
     * the rows of that change.
     *
     * @param newChange changes the table in each cycle
     * @param newRows how many rows the source must give for it
     */
    public SourceCycle<S> thenChanged(OpenClose newChange, long newRows) {
        return new SourceCycle<>(source, rows, newChange, newRows);
    }

    @SuppressWarnings("unchecked")
    private static Source<RowData, SourceSplit, ?> source(ScanRuntimeProvider provider) {
        if (provider instanceof SourceProvider direct) {
            return (Source<RowData, SourceSplit, ?>) direct.createSource();
        }
        if (provider instanceof DataStreamScanProvider stream
                && stream.produceDataStream(name -> Optional.empty(), environment())
                                .getTransformation()
                        instanceof SourceTransformation<RowData, ?, ?> made) {
            return (Source<RowData, SourceSplit, ?>) made.getSource();
        }
        throw new IllegalArgumentException("No source: " + provider + ".");
    }

    /** With checkpoints, which some sources demand. */
    private static StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        return environment.enableCheckpointing(PATIENCE.toMillis());
    }

    @Override
    public void run() throws Exception {
        Source<RowData, S, ?> own = InstantiationUtil.clone(source);
        LoneCoordinator<S> coordinator = new LoneCoordinator<>();
        try (SplitEnumerator<S, ?> enumerator = own.createEnumerator(coordinator)) {
            coordinator.start(enumerator);
            try (SourceReader<RowData, S> reader =
                    own.createReader(new LoneReaderContext(coordinator))) {
                coordinator.start(reader);
                RowCount<RowData> read = new RowCount<>();
                read(coordinator, reader, read, rows);
                change.run();
                read(coordinator, reader, read, rows + changedRows);
            }
        }
    }

    private static <S extends SourceSplit> void read(
            LoneCoordinator<S> coordinator,
            SourceReader<RowData, S> reader,
            RowCount<RowData> read,
            long wanted)
            throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (read.rows() < wanted) {
            coordinator.deliver();
            InputStatus status = reader.pollNext(read);
            if (status == InputStatus.END_OF_INPUT || System.nanoTime() > deadline) {
                throw new AssertionError(
                        "The source gave " + read.rows() + " rows, not " + wanted + ": " + status);
            }
            if (status == InputStatus.NOTHING_AVAILABLE) {
                await(reader);
                coordinator.checkpoint();
            }
        }
    }

    private static void await(SourceReader<?, ?> reader) throws Exception {
        try {
            reader.isAvailable().get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The enumerator may have said something.
        }
    }
}
