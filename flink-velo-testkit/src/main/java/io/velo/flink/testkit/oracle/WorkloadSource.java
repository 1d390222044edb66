// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.Collection;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/**
 * Emits the committed changes of a workload and ends. Its positions are in its state: after a
 * failure it goes on where the last checkpoint was taken, so that what comes out of a job with a
 * sink can be compared row by row with what came in. The changes of a key come in order, from one
 * subtask. Immutable.
 *
 * @param <T> the rows it emits
 */
public final class WorkloadSource<T>
        implements Source<T, WorkloadSplit, Collection<WorkloadSplit>> {

    private static final long serialVersionUID = 1L;

    private final Workload workload;
    private final RowShape<T> shape;
    private final long rowsPerSecond;
    private final PlantedBug bug;
    private final String run;

    private WorkloadSource(
            Workload workload, RowShape<T> shape, long rowsPerSecond, PlantedBug bug, String run) {
        this.workload = workload;
        this.shape = shape;
        this.rowsPerSecond = rowsPerSecond;
        this.bug = bug;
        this.run = run;
    }

    /** A source of Flink's internal rows, see {@link WorkloadRows}, without a limit of its rate. */
    public static WorkloadSource<RowData> rowData(Workload workload) {
        return of(workload, WorkloadRows::rowData);
    }

    /** A source of {@link Row}s, see {@link WorkloadRows}, without a limit of its rate. */
    public static WorkloadSource<Row> rows(Workload workload) {
        return of(workload, WorkloadRows::rows);
    }

    /** A source of rows of any shape, without a limit of its rate. */
    public static <T> WorkloadSource<T> of(Workload workload, RowShape<T> shape) {
        String run = UUID.randomUUID().toString();
        return new WorkloadSource<>(workload, shape, Long.MAX_VALUE, null, run);
    }

    /** The same with at most so many rows per second over all subtasks; an update is two rows. */
    public WorkloadSource<T> rate(long newRowsPerSecond) {
        return new WorkloadSource<>(workload, shape, newRowsPerSecond, bug, run);
    }

    /** The same with a bug, to see whether it is found. */
    public WorkloadSource<T> with(PlantedBug planted) {
        return new WorkloadSource<>(workload, shape, rowsPerSecond, planted, run);
    }

    /** How far the source has come, if it runs in this JVM. */
    public WorkloadProgress progress() {
        WorkloadProgress progress = WorkloadProgress.of(run);
        for (int writer = 0; writer < workload.writers(); writer++) {
            progress.expect(writer, size(writer));
        }
        return progress;
    }

    private long size(int writer) {
        long count = 0;
        for (RowFeed<T> feed = feed(writer); feed.hasNext(); feed.next()) {
            count++;
        }
        return count;
    }

    String run() {
        return run;
    }

    long rowsPerSecond() {
        return rowsPerSecond;
    }

    RowFeed<T> feed(int writer) {
        return new RowFeed<>(workload, writer, bug, shape);
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, WorkloadSplit> createReader(SourceReaderContext context) {
        return new WorkloadReader<>(this, context);
    }

    @Override
    public SplitEnumerator<WorkloadSplit, Collection<WorkloadSplit>> createEnumerator(
            SplitEnumeratorContext<WorkloadSplit> context) {
        return restoreEnumerator(
                context,
                IntStream.range(0, workload.writers())
                        .mapToObj(writer -> new WorkloadSplit(writer, 0))
                        .toList());
    }

    @Override
    public SplitEnumerator<WorkloadSplit, Collection<WorkloadSplit>> restoreEnumerator(
            SplitEnumeratorContext<WorkloadSplit> context, Collection<WorkloadSplit> waiting) {
        return new WorkloadEnumerator(context, waiting);
    }

    @Override
    public SimpleVersionedSerializer<WorkloadSplit> getSplitSerializer() {
        return new WorkloadSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<WorkloadSplit>>
            getEnumeratorCheckpointSerializer() {
        return new WorkloadSplitsSerializer();
    }
}
