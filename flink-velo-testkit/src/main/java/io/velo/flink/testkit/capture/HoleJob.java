// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.cluster.LocalCluster;
import io.velo.flink.testkit.oracle.Anomaly;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** The job of a {@link HoleRun}: what it saw is visible in this JVM at once. */
final class HoleJob implements AutoCloseable {

    private static final Map<String, HoleJob> RUNNING = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<Long, String> table = new ConcurrentHashMap<>();
    private final Map<Long, Long> snapshots = new ConcurrentHashMap<>();
    private final Queue<HoleRun.Finding> doubled = new ConcurrentLinkedQueue<>();
    private final StreamExecutionEnvironment environment;
    private JobClient client;

    private HoleJob(StreamExecutionEnvironment environment) {
        this.environment = environment;
        RUNNING.put(id, this);
    }

    static HoleJob prepare(LocalCluster cluster, HoleRun run, HoleDatabase database) {
        StreamExecutionEnvironment environment = cluster.environment();
        environment.setParallelism(run.parallelism());
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql(
                "CREATE TEMPORARY TABLE source (id BIGINT, v STRING, lsn STRING METADATA VIRTUAL,"
                        + " `snapshot` BOOLEAN METADATA VIRTUAL, row_kind STRING METADATA VIRTUAL,"
                        + " PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('connector'='velo', 'uri'='"
                        + database.uri()
                        + "')");
        HoleJob job = new HoleJob(environment);
        sql.toDataStream(sql.from("source"))
                .map(new Note(job.id))
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1);
        return job;
    }

    void start() throws Exception {
        client = environment.executeAsync("holes");
    }

    /** The table as the job has it now. */
    Map<Long, String> table() {
        return table;
    }

    /** Rows that were read twice, and changes of the log that change nothing: they came before. */
    Collection<HoleRun.Finding> doubled() {
        return List.copyOf(doubled);
    }

    /** Whether the snapshot delivered the row. */
    boolean hasRead(long key) {
        return snapshots.containsKey(key);
    }

    /** Where the log was when the snapshot that delivered the row was taken; -1 if none did. */
    long snapshotOf(long key) {
        return snapshots.getOrDefault(key, -1L);
    }

    /** Fails as the job did if it has ended. */
    void requireRunning() throws Exception {
        if (client.getJobStatus().get().isGloballyTerminalState()) {
            client.getJobExecutionResult().get();
            throw new IllegalStateException("The job ended.");
        }
    }

    @Override
    public void close() throws Exception {
        RUNNING.remove(id);
        if (client != null && !client.getJobStatus().get().isGloballyTerminalState()) {
            client.cancel().get();
        }
    }

    /** Takes a change: {@code +I}, {@code +U} or {@code -D}. */
    private void note(long key, String value, Long snapshot, String kind) {
        String before = table.get(key);
        boolean isNews = kind.equals("-D") ? before != null : !value.equals(before);
        if (!isNews || kind.equals("+I") && before != null) {
            doubled.add(
                    new HoleRun.Finding(
                            Anomaly.DUPLICATED,
                            kind + " " + key + ": " + value + " over " + before));
        }
        if (kind.equals("-D")) {
            table.remove(key);
            return;
        }
        if (snapshot != null) {
            snapshots.put(key, snapshot);
        }
        table.put(key, value);
    }

    private record Note(String job) implements MapFunction<Row, Long> {

        @Override
        public Long map(Row row) {
            HoleJob seen = RUNNING.get(job);
            Long key = row.getFieldAs(0);
            if (seen != null) {
                boolean wasRead = Boolean.TRUE.equals(row.getField(3));
                seen.note(
                        key,
                        String.valueOf(row.<String>getFieldAs(1)),
                        wasRead ? CaptureJob.lsn(row.getFieldAs(2)) : null,
                        row.getFieldAs(4));
            }
            return key;
        }
    }
}
