// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.pgoutput.MessageParser;
import io.velo.flink.postgres.cdc.replication.ReplicationStream;
import io.velo.flink.postgres.connect.PostgresSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection to a slot, from which batches of rows are filled: how long messages may gather and
 * rows may wait is decided here. Used by one thread, except {@link #acknowledge}.
 */
final class ChangeStream implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A short message that took longer than this was waited for. */
    private static final long WAITED_NANOS = TimeUnit.MICROSECONDS.toNanos(5);

    /** How long messages may gather: to wake up for each costs both sides more than its work. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long rows may stay in a batch that others join one by one. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final PostgresSession session;
    private final ReplicationStream stream;
    private final ChangeReading reading;
    private final MessageParser parser = new MessageParser();
    private final TransactionBlocks blocks;
    private boolean waited;

    /**
     * Reads a stream that was opened.
     *
     * @param session a second connection to the same server, for questions
     * @param folder where transactions are kept that are too large for the memory
     * @param keptBytes shows how many bytes of blocks are kept
     */
    ChangeStream(
            PostgresSession session,
            ReplicationStream stream,
            ChangeReading reading,
            Path folder,
            AtomicLong keptBytes) {
        this.session = session;
        this.stream = stream;
        this.reading = reading;
        this.blocks = new TransactionBlocks(reading, parser, folder, keptBytes);
    }

    /** How far was read. */
    StreamPosition position() {
        return reading.position();
    }

    /** How many changes were left out because rows that were read before show them. */
    long hidden() {
        return reading.hidden();
    }

    /** Lets the server forget what stands before. Can be called by any thread. */
    void acknowledge(long lsn) {
        stream.acknowledge(lsn);
    }

    /**
     * Fills a batch until it is full, nothing has arrived for a moment, its rows have waited long
     * enough for others, or it is to stop.
     */
    void fill(ChangeBatch batch, int maxRows, long maxBytes, ChunkReading.StopSign stop)
            throws SQLException {
        StreamPosition before = reading.position();
        reading.into(batch);
        long bytes = 0;
        long patience = System.nanoTime() + PATIENCE_NANOS;
        long linger = Long.MAX_VALUE;
        while (batch.rows() < maxRows && bytes < maxBytes) {
            waited = false;
            int length = blocks.isReplaying() ? replayOne() : receiveOne();
            bytes += Math.max(0, length);
            if (length < 0) {
                if (batch.rows() > 0 || stop.isSet() || System.nanoTime() > patience) {
                    break;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } else if (waited) {
                if (batch.rows() > 0) {
                    linger = Math.min(linger, System.nanoTime() + LINGER_NANOS);
                }
                if (stop.isSet() || System.nanoTime() >= linger) {
                    break;
                }
                LockSupport.parkNanos(GATHER_NANOS);
            }
        }
        StreamPosition after = reading.position();
        if (!reading.isOpen() && !after.equals(before)) {
            batch.endAt(after, 0);
        }
    }

    /** Takes the next message; its length, or -1 if there is none yet. */
    private int receiveOne() throws SQLException {
        long asked = System.nanoTime();
        ByteBuffer message = stream.poll();
        if (message == null) {
            reading.idleAt(stream.position());
            return -1;
        }
        byte[] bytes = message.array();
        int offset = message.arrayOffset() + message.position();
        int length = message.remaining();
        // A long message takes its time without a wait: a nanosecond for each byte is plenty.
        waited = System.nanoTime() - asked > WAITED_NANOS + length;
        reading.messageAt(stream.position());
        try {
            if (!blocks.take(bytes, offset, length, stream.position())) {
                parser.parse(bytes, offset, length, false, reading);
            }
        } catch (ChangeReading.StreamBroken e) {
            throw e.reason();
        } catch (IOException e) {
            throw new UncheckedIOException("A large transaction cannot be kept on disk.", e);
        }
        return length;
    }

    private int replayOne() throws SQLException {
        try {
            return blocks.replayOne();
        } catch (ChangeReading.StreamBroken e) {
            throw e.reason();
        } catch (IOException e) {
            throw new UncheckedIOException("A large transaction cannot be read from disk.", e);
        }
    }

    @Override
    public void close() {
        blocks.close();
        stream.close();
        session.close();
    }
}
