// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.source.AbortableSplitReader;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.ServerText;
import io.velo.flink.postgres.connect.StatementFailure;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads splits one after the other in the fetcher's thread. A lost connection is opened again where
 * reading can go on exactly: before the first row of a split, or behind any row of a split that is
 * read in the order of its key.
 *
 * <p>Used by the fetcher's thread, except {@link #wakeUp()} and {@link #abort()}.
 */
final class ScanSplitReader implements AbortableSplitReader<TupleBatch, ScanSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(ScanSplitReader.class);

    /** Small enough for a heap with many readers, large enough to hide the hand-over. */
    private static final int MAX_ROWS = 4096;

    private static final long MAX_BYTES = 1 << 20;

    private static final String READ_ONLY = "25006";

    private final TableScan scan;
    private final Deque<ScanSplit> waiting = new ArrayDeque<>();
    private final AtomicReference<PostgresSession> session = new AtomicReference<>();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private volatile boolean wokenUp;

    private ScanSplit current;
    private SplitCopy copy;
    private int failures;

    ScanSplitReader(TableScan scan) {
        this.scan = scan;
    }

    @Override
    public RecordsWithSplitIds<TupleBatch> fetch() {
        wokenUp = false;
        if (current == null) {
            current = waiting.poll();
            failures = 0;
        }
        if (current == null) {
            return TupleBatch.nothing();
        }
        try {
            return fetchCurrent();
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
    }

    private TupleBatch fetchCurrent() {
        if (scan.rowsLeft(current).orElse(1) == 0) {
            TupleBatch nothing = new TupleBatch(current.splitId(), null).finished();
            current = null;
            return nothing;
        }
        TupleBatch batch = null;
        try {
            if (copy == null) {
                copy = SplitCopy.open(scan, current, session);
            }
            batch = copy.batch(current);
            boolean ended = copy.fill(batch, MAX_ROWS, MAX_BYTES, () -> wokenUp);
            current = batch.after(current, batch.size());
            if (batch.size() > 0) {
                failures = 0;
            }
            if (ended) {
                batch.finished();
                current = null;
                closeCopy();
            }
            return batch;
        } catch (SQLException e) {
            return recover(e, batch);
        }
    }

    /** Gives out what was read before the connection was lost, if reading can go on behind it. */
    private TupleBatch recover(SQLException error, TupleBatch batch) {
        boolean connected = session.get() != null;
        closeCopy();
        if (aborted.getCount() == 0) {
            return TupleBatch.nothing();
        }
        requireReadOnly(error);
        failures++;
        ScanSplit next = batch == null ? current : batch.after(current, batch.size());
        Backoff backoff = scan.backoff();
        boolean again = Fault.of(error).isTransient() && backoff.allowsAnother(failures);
        if (!again || next.isLost()) {
            VeloException failure =
                    connected
                            ? StatementFailure.describe(error, scan.settings(), scan.work())
                            : ConnectFailure.describe(error, scan.settings());
            throw PermanentFailure.of(failure, error);
        }
        long delay = backoff.delayMillis(failures);
        LOG.info(
                "Connection lost when {} at {} ({}); attempt {} follows in {} ms.",
                scan.work(),
                scan.settings(),
                error.getSQLState(),
                failures + 1,
                delay);
        pause(delay);
        current = next;
        return batch == null ? TupleBatch.nothing() : batch;
    }

    /** A view or query whose functions write does so on every server. */
    private void requireReadOnly(SQLException error) {
        if (READ_ONLY.equals(error.getSQLState())) {
            throw new SuppressRestartsException(
                    Problem.of(
                                    ErrorCode.IO_SERVER,
                                    "PostgreSQL refuses "
                                            + scan.work()
                                            + ", because it writes: "
                                            + ServerText.of(error))
                            .at(scan.settings().place())
                            .remedy("Velo reads in transactions that only read.")
                            .toException(error));
        }
    }

    private void pause(long millis) {
        try {
            boolean ignored = aborted.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ScanSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException("Splits are only added.");
        }
        waiting.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        wokenUp = true;
    }

    /** Ends a read that waits for the server, and every pause. Can be called by any thread. */
    @Override
    public void abort() {
        aborted.countDown();
        wokenUp = true;
        PostgresSession open = session.get();
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {
        closeCopy();
    }

    private void closeCopy() {
        session.set(null);
        if (copy != null) {
            copy.close();
            copy = null;
        }
    }
}
