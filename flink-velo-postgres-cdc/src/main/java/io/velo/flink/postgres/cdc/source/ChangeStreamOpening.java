// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.Origin;
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
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens the stream of a slot: everything that must be true of the server, the slot and the
 * publication is asked first, and what could change in between once more when the slot is held.
 * Stateless, therefore thread-safe.
 */
final class ChangeStreamOpening {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    private ChangeStreamOpening() {}

    /**
     * Checks the slot and starts to read it behind the position of the split.
     *
     * @param interruptible receives the connection that the thread may wait for
     * @param folder where transactions are kept that are too large for the memory
     * @param keptBytes shows how many bytes of blocks are kept
     */
    static ChangeStream tryOpen(
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
}
