// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.replication.SlotInUse;
import io.velo.flink.postgres.cdc.replication.SlotLost;
import io.velo.flink.postgres.cdc.replication.SlotPatience;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SharedSessions;
import io.velo.flink.postgres.connect.StatementFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ranges one after the other, then the changes, in the fetcher's thread. A lost connection is
 * opened again, and reading goes on behind the last event.
 *
 * <p>Used by the fetcher's thread, except {@link #wakeUp()}, {@link #abort()} and {@link
 * #acknowledge}.
 */
final class CaptureSplitReader implements SplitReader<CaptureBatch, CaptureSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(CaptureSplitReader.class);

    private static final int MAX_ROWS = 4096;
    private static final long MAX_BYTES = 1 << 20;

    private final CaptureSettings settings;
    private final CaptureProgress progress;
    private final Path folder;
    private final Deque<SnapshotSplit> ranges = new ArrayDeque<>();
    private final AtomicReference<PostgresSession> waitedFor = new AtomicReference<>();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private volatile boolean wokenUp;
    private volatile ChangeStream stream;

    private PostgresSession session;
    private SnapshotSplit range;
    private ChunkReading chunk;
    private StreamSplit changes;
    private boolean streamed;
    private boolean ownSessions;
    private int failures;
    private long slotDeadline;
    private long hiddenBefore;

    CaptureSplitReader(CaptureSettings settings, CaptureProgress progress, Path folder) {
        this.settings = settings;
        this.progress = progress;
        this.folder = folder;
    }

    @Override
    public RecordsWithSplitIds<CaptureBatch> fetch() {
        wokenUp = false;
        if (range == null && !ranges.isEmpty()) {
            range = ranges.poll().resumed();
            failures = 0;
        }
        try {
            if (range != null) {
                return fetchRange();
            }
            return changes == null ? new NoRows() : fetchChanges();
        } catch (SlotLost e) {
            return lost(e);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
    }

    /**
     * Gives the changes back where the loss of the slot is no failure. What was read behind the
     * last checkpoint may be what the server lacks: so a reader that has run leaves it to the
     * restart from that checkpoint to find out whether the loss is for good.
     */
    private CaptureBatch lost(SlotLost loss) {
        if (settings.slot().lost() == OnLostSlot.FAIL) {
            throw streamed ? loss.failure() : PermanentFailure.orPassing(loss.failure());
        }
        closeStream();
        changes = null;
        progress.lost(loss.failure().getMessage());
        return new ChangeBatch().finished();
    }

    private CaptureBatch fetchRange() {
        ChunkBatch batch = null;
        try {
            if (session == null) {
                requireOwnSessions();
                session = PostgresSession.tryOpen(settings.database(), SessionPurpose.SCAN);
                waitedFor.set(session);
            }
            if (chunk == null) {
                chunk = ChunkReading.open(settings, session, range);
            }
            batch = chunk.batch();
            boolean ended = chunk.fill(batch, MAX_ROWS, MAX_BYTES, () -> wokenUp);
            range = (SnapshotSplit) batch.after(range, batch.events());
            progress.rowsRead(batch.events());
            failures = 0;
            if (ended) {
                progress.ended(range.end(chunk.shown()));
                chunk = null;
                range = null;
                batch.finished();
            }
            return batch;
        } catch (SQLException e) {
            boolean connected = session != null;
            closeRange();
            CaptureBatch rest = recover(e, connected, batch);
            if (batch != null) {
                range = (SnapshotSplit) batch.after(range, batch.events());
            }
            range = range.resumed();
            return rest;
        }
    }

    /** Once: a job that was begun at the server itself may go on through a pooler. */
    private void requireOwnSessions() throws SQLException {
        if (!ownSessions) {
            try {
                SharedSessions.tryRequireNone(settings.database(), waitedFor::set);
            } finally {
                waitedFor.set(null);
            }
            ownSessions = true;
        }
    }

    private CaptureBatch fetchChanges() {
        ChangeBatch batch = null;
        try {
            if (stream == null) {
                requireOwnSessions();
                closeRange();
                hiddenBefore = 0;
                stream =
                        ChangeStreamOpening.tryOpen(
                                settings, changes, waitedFor, folder, progress.keptBytes());
                streamed = true;
                stream.acknowledge(progress.acknowledged());
            }
            batch = new ChangeBatch();
            stream.fill(batch, MAX_ROWS, MAX_BYTES, () -> wokenUp);
            changes = changes.at(stream.position());
            if (batch.lastMillis() >= 0) {
                progress.fetched(batch.lastMillis(), System.currentTimeMillis());
            }
            progress.hidden(stream.hidden() - hiddenBefore);
            hiddenBefore = stream.hidden();
            failures = 0;
            slotDeadline = 0;
            return batch;
        } catch (SQLException e) {
            boolean connected = waitedFor.get() != null;
            if (stream != null) {
                changes = changes.at(stream.position());
            }
            closeStream();
            if (e instanceof SlotInUse inUse) {
                return awaitSlot(inUse);
            }
            return recover(e, connected, batch);
        }
    }

    /**
     * Another reader still holds the slot: the one before, whose end the server has not noticed.
     */
    private CaptureBatch awaitSlot(SlotInUse inUse) {
        if (slotDeadline == 0) {
            slotDeadline = System.nanoTime() + inUse.longest().toNanos();
            SlotPatience.tellWaiting(changes.place().slot(), inUse.holder(), inUse.longest());
        }
        if (System.nanoTime() > slotDeadline) {
            throw inUse.failure();
        }
        pause(200);
        return new NoRows();
    }

    /** Waits before the next attempt; what was read before is given out. */
    private CaptureBatch recover(SQLException error, boolean connected, CaptureBatch batch) {
        if (aborted.getCount() == 0) {
            return new NoRows();
        }
        failures++;
        Backoff backoff = settings.backoff();
        if (!Fault.of(error).isTransient() || !backoff.allowsAnother(failures)) {
            VeloException failure =
                    connected
                            ? StatementFailure.describe(
                                    error, settings.database(), "capturing changes")
                            : ConnectFailure.describe(error, settings.database());
            throw PermanentFailure.of(failure, error);
        }
        long delay = backoff.delayMillis(failures);
        progress.reconnected();
        LOG.info(
                "Connection lost when capturing from {} ({}); attempt {} follows in {} ms.",
                settings.database(),
                error.getSQLState(),
                failures + 1,
                delay);
        pause(delay);
        return batch == null || batch.events() == 0 ? new NoRows() : batch;
    }

    private void pause(long millis) {
        try {
            boolean ignored = aborted.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<CaptureSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException("Splits are only added.");
        }
        for (CaptureSplit split : change.splits()) {
            if (split instanceof StreamSplit stream) {
                changes = stream;
                streamed = false;
            } else {
                ranges.add((SnapshotSplit) split);
            }
        }
    }

    /** Lets the server forget what stands before. Can be called by any thread. */
    void acknowledge(long lsn) {
        ChangeStream open = stream;
        if (open != null) {
            open.acknowledge(lsn);
        }
    }

    @Override
    public void wakeUp() {
        wokenUp = true;
    }

    /** Ends a read that waits for the server, and every pause. Can be called by any thread. */
    void abort() {
        aborted.countDown();
        wokenUp = true;
        PostgresSession open = waitedFor.get();
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {
        closeRange();
        closeStream();
    }

    private void closeRange() {
        waitedFor.set(null);
        if (chunk != null) {
            chunk.close();
            chunk = null;
        }
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void closeStream() {
        waitedFor.set(null);
        ChangeStream open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }
}
