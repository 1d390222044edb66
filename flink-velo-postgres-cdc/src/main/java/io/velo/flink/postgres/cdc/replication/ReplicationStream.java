// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.postgres.connect.PostgresSession;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The messages of a slot. A thread of its own tells the server that this client lives, also while
 * nobody reads: otherwise a job that is held up by its sink would lose the connection.
 *
 * <p>Used by one thread, except {@link #acknowledge} and {@link #abort}.
 */
public final class ReplicationStream implements AutoCloseable {

    /** A third of the server's default patience, as its own clients keep. */
    private static final Duration STATUS = Duration.ofSeconds(3);

    /**
     * What is asked for.
     *
     * @param binary whether values come in binary form where their type has one
     * @param blocks whether large transactions are sent while they run
     * @param ownOrigin whether changes that were replicated from elsewhere are left out
     */
    public record Request(boolean binary, boolean blocks, boolean ownOrigin) {}

    private final PostgresSession session;
    private final PGReplicationStream stream;
    private final ScheduledExecutorService status;

    ReplicationStream(PostgresSession session, PGReplicationStream stream) {
        this.session = session;
        this.stream = stream;
        this.status =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "velo-postgres-replication-status");
                            thread.setDaemon(true);
                            return thread;
                        });
        status.scheduleWithFixedDelay(
                this::sendStatus, STATUS.toMillis(), STATUS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The next message if one has arrived, otherwise null. Its array is never written to again. */
    public ByteBuffer poll() throws SQLException {
        return stream.readPending();
    }

    /** Where the message stands that {@link #poll} gave last; without one, how far was read. */
    public long position() {
        return stream.getLastReceiveLSN().asLong();
    }

    /** Lets the server forget what stands before this position. Can be called by any thread. */
    public void acknowledge(long lsn) {
        LogSequenceNumber position = LogSequenceNumber.valueOf(lsn);
        stream.setFlushedLSN(position);
        stream.setAppliedLSN(position);
    }

    private void sendStatus() {
        try {
            stream.forceUpdateStatus();
        } catch (SQLException | RuntimeException ignored) {
            // The reading thread meets the same failure and reports it.
        }
    }

    /** Sends what was acknowledged at once. */
    public void flush() throws SQLException {
        stream.forceUpdateStatus();
    }

    /** Cuts the connection, so that a thread that waits gets an error. */
    public void abort() {
        session.abort();
    }

    /** Ends the stream by cutting the connection: what is on its way is of no use. */
    @Override
    public void close() {
        status.shutdownNow();
        session.abort();
        session.close();
        awaitEnd(status);
    }

    private static void awaitEnd(ExecutorService executor) {
        try {
            boolean ignored = executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
