// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.debezium.ColumnText;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** A job that reads the changelog of a table and records it, see {@link RecordedChanges}. */
final class CaptureJob implements AutoCloseable {

    private final String run;
    private final JobClient client;
    private final boolean readsOneMoment;

    private CaptureJob(String run, JobClient client, boolean readsOneMoment) {
        this.run = run;
        this.client = client;
        this.readsOneMoment = readsOneMoment;
    }

    /**
     * Submits the job.
     *
     * @param uri of the table, with its options
     */
    static CaptureJob start(LocalCluster cluster, CapturedTable table, String uri, int parallelism)
            throws Exception {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(parallelism);
        CapturedRows rows = CapturedRows.of(environment, table, uri);
        String run = UUID.randomUUID().toString();
        rows.stream()
                .map(rows.asRows())
                .map(new ToSeenChange(table.keys().size(), table.values().size()))
                .setParallelism(1)
                .map(new RecordedChanges(run))
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1);
        return new CaptureJob(
                run, environment.executeAsync("capture"), uri.contains("snapshot_strategy=ctid"));
    }

    /** What a completed checkpoint holds. */
    List<SeenChange> changes() {
        return RecordedChanges.of(run);
    }

    /** The changes from this number on. */
    List<SeenChange> since(int first) {
        return RecordedChanges.since(run, first);
    }

    /** How often the job has started or started again. */
    int starts() {
        return RecordedChanges.starts(run);
    }

    /** Whether a change has been seen, behind the rows that were there. */
    boolean hasChanges() {
        return RecordedChanges.hasChanges(run);
    }

    /** Whether the existing rows are those of one moment, which the server keeps while it lives. */
    boolean readsOneMoment() {
        return readsOneMoment;
    }

    /**
     * @throws Exception why the job has ended, which it never should
     */
    void requireRunning() throws Exception {
        if (isOver()) {
            client.getJobExecutionResult().get();
            throw new IllegalStateException("The job ended without an error.");
        }
    }

    private boolean isOver() {
        return client.getJobStatus().join().isGloballyTerminalState();
    }

    @Override
    public void close() throws Exception {
        if (!isOver()) {
            client.cancel().get();
        }
        RecordedChanges.forget(run);
    }

    /** The number of a place in the log. */
    static long lsn(String text) {
        int slash = text.indexOf('/');
        return Long.parseLong(text.substring(0, slash), 16) << 32
                | Long.parseLong(text.substring(slash + 1), 16);
    }

    /** Says a row as text. */
    private record ToSeenChange(int keys, int values) implements MapFunction<Row, SeenChange> {

        @Override
        public SeenChange map(Row row) {
            List<String> texts = new ArrayList<>();
            boolean knowsRow = row.getKind() != RowKind.DELETE;
            for (int i = 0; i < keys + values; i++) {
                texts.add(ColumnText.of(row.getField(i)));
                knowsRow |= i >= keys && row.getField(i) != null;
            }
            return new SeenChange(
                    row.getKind().shortString(),
                    RowText.of(texts.subList(0, keys)),
                    knowsRow ? RowText.of(texts.subList(keys, texts.size())) : null,
                    place(row, keys + values));
        }

        private static SeenChange.Place place(Row row, int first) {
            Object commit = row.getField(first);
            return commit == null
                    ? null
                    : new SeenChange.Place(
                            lsn((String) commit),
                            (Long) row.getField(first + 1),
                            (Long) row.getField(first + 2));
        }
    }
}
