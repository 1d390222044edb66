// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.Identifier;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.fluent.logical.ChainedLogicalStreamBuilder;

/**
 * A connection for replication to a server that was found to be the one that was read before. Not
 * thread-safe.
 */
public final class ReplicationConnection implements AutoCloseable {

    private final PostgresSession session;
    private final int timeline;
    private final String backend;

    private ReplicationConnection(PostgresSession session, int timeline, String backend) {
        this.session = session;
        this.timeline = timeline;
        this.backend = backend;
    }

    /**
     * Connects.
     *
     * @param place the slot that is to be read
     * @param read the places behind what was read before, which the server's log must have
     * @param interruptible receives the connection as soon as it is open
     * @throws SlotLost if it is a server with other data, or one that lacks what was read
     */
    public static ReplicationConnection tryOpen(
            ConnectSettings settings,
            CapturePlace place,
            List<LogPoint> read,
            AtomicReference<PostgresSession> interruptible)
            throws SQLException {
        PostgresSession session = PostgresSession.tryOpen(settings, SessionPurpose.REPLICATION);
        interruptible.set(session);
        try {
            Timeline timeline = Timeline.tryRead(session);
            timeline.tryRequire(session, place, read);
            String backend = session.texts("SELECT pg_catalog.pg_backend_pid()").get(0);
            return new ReplicationConnection(session, timeline.number(), backend);
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The timeline of the server's log. */
    public int timeline() {
        return timeline;
    }

    /** The server's process that sends. */
    public String backend() {
        return backend;
    }

    /**
     * Starts to read a slot. From now on the stream owns the connection.
     *
     * @param from the position behind the last transaction that is known
     */
    public ReplicationStream tryStart(
            ReplicationStream.Request request, CapturePlace place, long from) throws SQLException {
        ChainedLogicalStreamBuilder builder =
                session.driver()
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName(place.slot())
                        .withStartPosition(LogSequenceNumber.valueOf(from))
                        .withSlotOption("proto_version", request.blocks() ? 2 : 1)
                        .withSlotOption(
                                "publication_names", Identifier.of(place.publication()).quoted())
                        // Only what a completed checkpoint holds is ever acknowledged.
                        .withAutomaticFlush(false)
                        .withStatusInterval(0, TimeUnit.SECONDS);
        if (request.binary()) {
            builder.withSlotOption("binary", true);
        }
        if (request.blocks()) {
            builder.withSlotOption("streaming", "on");
        }
        if (request.ownOrigin()) {
            builder.withSlotOption("origin", "none");
        }
        return new ReplicationStream(session, builder.start());
    }

    @Override
    public void close() {
        session.close();
    }
}
