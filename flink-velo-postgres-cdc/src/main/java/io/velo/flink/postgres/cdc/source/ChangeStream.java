// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.Origin;
import io.velo.flink.postgres.cdc.pgoutput.MessageParser;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.PublishedTables;
import io.velo.flink.postgres.cdc.replication.ReplicationConnection;
import io.velo.flink.postgres.cdc.replication.ReplicationStream;
import io.velo.flink.postgres.cdc.replication.SlotCheck;
import io.velo.flink.postgres.cdc.replication.SlotInUse;
import io.velo.flink.postgres.cdc.replication.SlotPatience;
import io.velo.flink.postgres.cdc.row.ChangeContext;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection to a slot, from which batches of rows are filled. Blocks of transactions that
 * still run are kept until their transaction commits. Used by one thread, except {@link
 * #acknowledge}.
 */
final class ChangeStream implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);
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
    private final Path folder;
    private final AtomicLong keptBytes;
    private final Map<Integer, BlockLog> blocks = new HashMap<>();
    private BlockLog block;
    private boolean waited;
    private BlockLog replayed;
    private BlockLog.Replay replay;
    private long replayCommit;
    private long replayEnd;
    private long replayMicros;

    private ChangeStream(
            PostgresSession session,
            ReplicationStream stream,
            ChangeReading reading,
            Path folder,
            AtomicLong keptBytes) {
        this.session = session;
        this.stream = stream;
        this.reading = reading;
        this.folder = folder;
        this.keptBytes = keptBytes;
    }

    /**
     * Checks the slot and starts to read it behind the position of the split.
     *
     * @param interruptible receives the connection that the thread may wait for
     * @param folder where transactions are kept that are too large for the memory
     * @param keptBytes shows how many bytes of blocks are kept
     */
    static ChangeStream open(
            CaptureSettings settings,
            StreamSplit split,
            AtomicReference<PostgresSession> interruptible,
            Path folder,
            AtomicLong keptBytes)
            throws SQLException {
        PostgresSession session =
                PostgresSession.tryOpen(settings.database(), SessionPurpose.CAPTURE);
        try {
            ReplicationConnection connection =
                    ReplicationConnection.tryOpen(
                            settings.database(), split.place(), split.read(), interruptible);
            try {
                return open(settings, split, session, connection, folder, keptBytes);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static ChangeStream open(
            CaptureSettings settings,
            StreamSplit split,
            PostgresSession session,
            ReplicationConnection connection,
            Path folder,
            AtomicLong keptBytes)
            throws SQLException {
        CapturePlace place = split.place();
        long from = split.position().endLsn();
        // Before everything else: a slot in use is asked for again and again.
        Optional<SlotPatience.Holder> holder = SlotPatience.tryFindHolder(session, place.slot());
        if (holder.isPresent()) {
            Moment.SLOT_IN_USE.reached(place.slot());
            throw SlotInUse.by(holder.get(), session, place.slot());
        }
        SlotCheck.tryRequire(session, place, from);
        ChangeContext context =
                new ChangeContext(settings.layout(), settings.database().database().name());
        RelationPlanner planner =
                new RelationPlanner(
                        settings, session, split, dropped(settings, session, split), context);
        Moment.SLOT_CHECKED.reached(place.slot());
        ReplicationStream stream =
                start(
                        session,
                        connection,
                        new ReplicationStream.Request(
                                planner.isBinary(),
                                settings.rules().blocks(),
                                settings.rules().origin() == Origin.NONE),
                        place,
                        from);
        try {
            SlotCheck.tryRequireHeld(session, place, from, connection.backend());
        } catch (SQLException e) {
            SQLException reason = endOf(stream).orElse(e);
            stream.close();
            throw reason;
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
        StreamPosition position = split.position().on(connection.timeline());
        ChangeReading reading = new ChangeReading(settings, planner, context, position);
        return new ChangeStream(session, stream, reading, folder, keptBytes);
    }

    /** Why the server has ended the stream, if it has: that says more than that it is not read. */
    private static Optional<SQLException> endOf(ReplicationStream stream) {
        long deadline = System.nanoTime() + END_NANOS;
        try {
            while (stream.poll() == null && System.nanoTime() < deadline) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private static ReplicationStream start(
            PostgresSession session,
            ReplicationConnection connection,
            ReplicationStream.Request request,
            CapturePlace place,
            long from)
            throws SQLException {
        try {
            return connection.tryStart(request, place, from);
        } catch (SQLException e) {
            if (!SlotInUse.STATE.equals(e.getSQLState())) {
                throw e;
            }
            // Whoever held it may have let it go since.
            SlotPatience.Holder holder =
                    SlotPatience.tryFindHolder(session, place.slot())
                            .orElse(new SlotPatience.Holder(0, "a process that is ending"));
            throw SlotInUse.by(holder, session, place.slot());
        }
    }

    /** The captured tables that there are no more; a stream of one table cannot do without it. */
    private static Set<TableName> dropped(
            CaptureSettings settings, PostgresSession session, StreamSplit split)
            throws SQLException {
        if (settings.layout().envelope()) {
            return PublishedTables.tryRequireUndropped(
                    session, split.place(), split.tables().numbers());
        }
        PublishedTables.tryRequire(session, split.place(), split.tables().names());
        return Set.of();
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
            int length = replay != null ? replayOne() : receiveOne();
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
            receive(bytes, offset, length);
        } catch (ChangeReading.StreamBroken e) {
            throw e.reason();
        } catch (IOException e) {
            throw new UncheckedIOException("A large transaction cannot be kept on disk.", e);
        }
        return length;
    }

    private void receive(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer message = ByteBuffer.wrap(bytes, offset, length);
        switch (message.get(offset)) {
            case 'S' -> block = blocks.computeIfAbsent(message.getInt(offset + 1), this::log);
            case 'E' -> block = null;
            case 'c' -> {
                int xid = message.getInt(offset + 1);
                replayed = blocks.remove(xid);
                replayCommit = message.getLong(offset + 6);
                replayEnd = message.getLong(offset + 14);
                replayMicros = message.getLong(offset + 22);
                replay = (replayed == null ? log(xid) : replayed).replay();
                reading.begin(replayCommit, replayMicros, xid);
            }
            case 'A' -> undo(message.getInt(offset + 1), message.getInt(offset + 5));
            default -> {
                if (block == null) {
                    parser.parse(bytes, offset, length, false, reading);
                } else if (message.get(offset) != 'O') {
                    int part = MessageParser.blockXid(bytes, offset);
                    block.add(part, stream.position(), bytes, offset, length);
                    keptBytes.addAndGet(length);
                }
            }
        }
    }

    private BlockLog log(int xid) {
        return new BlockLog(folder);
    }

    private void undo(int xid, int part) {
        BlockLog log = blocks.get(xid);
        if (log == null) {
            // A server of version 18 reports ends of transactions that it never sent.
            return;
        }
        if (xid == part) {
            blocks.remove(xid);
            forget(log);
        } else {
            log.undo(part);
        }
    }

    private int replayOne() throws SQLException {
        try {
            byte[] message = replay.next();
            if (message == null) {
                replay = null;
                if (replayed != null) {
                    forget(replayed);
                    replayed = null;
                }
                reading.commit(replayCommit, replayEnd, replayMicros);
                return 0;
            }
            reading.messageAt(replay.lsn());
            parser.parse(message, 0, message.length, true, reading);
            return message.length;
        } catch (ChangeReading.StreamBroken e) {
            throw e.reason();
        } catch (IOException e) {
            throw new UncheckedIOException("A large transaction cannot be read from disk.", e);
        }
    }

    private void forget(BlockLog log) {
        keptBytes.addAndGet(-log.bytes());
        log.close();
    }

    @Override
    public void close() {
        blocks.values().forEach(this::forget);
        blocks.clear();
        if (replayed != null) {
            forget(replayed);
        }
        stream.close();
        session.close();
    }
}
