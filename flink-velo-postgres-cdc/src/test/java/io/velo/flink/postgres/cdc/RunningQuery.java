// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** A streaming query and everything that came of it so far. Thread-safe. */
public final class RunningQuery implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final JobClient job;
    private final CloseableIterator<Row> rows;
    private final Thread thread;
    private final List<String> changes = new ArrayList<>();
    private final Map<String, Integer> table = new TreeMap<>();
    private Throwable failure;

    private RunningQuery(TableResult result) {
        this.job = result.getJobClient().orElseThrow();
        this.rows = result.collect();
        this.thread = new Thread(this::collect, "running-query");
        thread.setDaemon(true);
        thread.start();
    }

    /** A session whose checkpoints come fast. */
    public static SqlSession session() {
        return SqlSession.streaming().set("execution.checkpointing.interval", "100 ms");
    }

    /** Starts a query. */
    public static RunningQuery of(SqlSession session, String query) {
        return new RunningQuery(session.start(query));
    }

    private void collect() {
        try {
            while (rows.hasNext()) {
                note(rows.next());
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        }
    }

    private synchronized void note(Row row) {
        changes.add(row.toString());
        RowKind kind = row.getKind();
        row.setKind(RowKind.INSERT);
        boolean more = kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
        table.merge(text(row), more ? 1 : -1, Integer::sum);
        table.values().removeIf(count -> count == 0);
    }

    private static String text(Row row) {
        String text = row.toString();
        return text.substring(3, text.length() - 1);
    }

    /** Every change so far, as {@code +I[1, a]}. */
    public synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    /** The rows that the changes make, as {@code 1, a}; with a count if it is not one. */
    public synchronized List<String> table() {
        List<String> texts = new ArrayList<>();
        table.forEach((row, count) -> texts.add(count == 1 ? row : row + " x" + count));
        return texts;
    }

    private synchronized boolean isTable(List<String> sorted) {
        return table.size() == sorted.size() && table().stream().sorted().toList().equals(sorted);
    }

    private synchronized int size() {
        return changes.size();
    }

    /** The error that ended the query, or null. */
    public synchronized Throwable failure() {
        return failure;
    }

    /** Waits until the rows are these, in any order. */
    public void awaitTable(List<String> expected) {
        List<String> sorted = expected.stream().sorted().toList();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isTable(sorted) && failure() == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        if (failure() != null) {
            throw new AssertionError("The query failed.", failure());
        }
        assertThat(table()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Waits until there are so many changes. */
    public List<String> awaitChanges(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (size() < count && failure() == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        if (failure() != null) {
            throw new AssertionError("The query failed.", failure());
        }
        assertThat(changes()).hasSizeGreaterThanOrEqualTo(count);
        return changes();
    }

    /** Waits until the query fails. */
    public Throwable awaitFailure() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (failure() == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(failure()).as("The query should fail.").isNotNull();
        return failure();
    }

    /** The job. */
    public JobClient job() {
        return job;
    }

    /** Cancels the job and waits for its end. */
    @Override
    public void close() throws Exception {
        try {
            job.cancel().get(60, TimeUnit.SECONDS);
        } catch (Exception ignored) {
            // It has ended already.
        }
        try {
            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
        } catch (Exception ignored) {
            // That it was cancelled.
        }
        thread.join(60_000);
    }
}
