// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.codec.CopyStream;
import io.velo.flink.postgres.codec.TupleDecoder;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.meta.RelationReader;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.copy.CopyOut;

/** A running COPY of one split: a connection, its stream and its decoder. Used by one thread. */
final class SplitCopy implements AutoCloseable {

    /** No such snapshot, or one of another server. */
    private static final Set<String> NO_SNAPSHOT = Set.of("22023", "42704", "58P01", "55000");

    private final ScanPlan plan;
    private final PostgresSession session;
    private final CopyOut copy;
    private final CopyStream stream;
    private final TupleDecoder decoder;

    private SplitCopy(ScanPlan plan, PostgresSession session, CopyOut copy) {
        this.plan = plan;
        this.session = session;
        this.copy = copy;
        this.stream = new CopyStream(plan.fields());
        this.decoder = new TupleDecoder(plan.columns(), plan.scan().specialValues());
    }

    /**
     * Connects, looks at the table and starts the COPY of what is left of the split.
     *
     * @param interruptible receives the connection as soon as it is open
     */
    static SplitCopy open(
            TableScan scan, ScanSplit split, AtomicReference<PostgresSession> interruptible)
            throws SQLException {
        ConnectSettings settings =
                split.snapshot()
                        .map(snapshot -> scan.settings().withHost(snapshot.host()))
                        .orElse(scan.settings());
        PostgresSession session = PostgresSession.tryOpen(settings, SessionPurpose.SCAN);
        interruptible.set(session);
        try {
            begin(session, split);
            ScanPlan plan = ScanPlan.of(scan, RelationReader.tryRead(session, scan.relation()));
            CopyOut copy = session.driver().getCopyAPI().copyOut(plan.copy(split));
            return new SplitCopy(plan, session, copy);
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void begin(PostgresSession session, ScanSplit split) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            if (split.snapshot().isPresent()) {
                String id = Quoting.literal(split.snapshot().get().id());
                statement.execute("SET TRANSACTION SNAPSHOT " + id);
            }
        } catch (SQLException e) {
            if (split.snapshot().isPresent() && NO_SNAPSHOT.contains(e.getSQLState())) {
                throw momentGone(session, e);
            }
            throw e;
        }
    }

    private static VeloException momentGone(PostgresSession session, SQLException reason) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The parts of the scan show one moment of the database, and PostgreSQL does"
                                + " not keep it any more.")
                .at(session.settings().place())
                .remedy(
                        "Start the job anew. The moment is lost when the server or the JobManager"
                                + " restarts; snapshot.consistency=chunk with a primary key does"
                                + " without.")
                .toException(reason);
    }

    /** An empty batch for rows of this COPY. */
    TupleBatch batch(ScanSplit split) {
        return new TupleBatch(split.splitId(), plan.key().orElse(null));
    }

    /**
     * Reads rows into the batch until it is full by rows or bytes, the data ends, or {@code stop}
     * says so.
     *
     * @return whether the data has ended
     */
    boolean fill(TupleBatch batch, int maxRows, long maxBytes, StopSign stop) throws SQLException {
        long bytes = 0;
        while (batch.size() < maxRows && bytes < maxBytes) {
            if (stream.next()) {
                byte[] tuple = stream.tuple();
                batch.add(decoder.decode(tuple, stream.start()), tuple, stream.start());
                bytes += stream.length();
                continue;
            }
            if (stop.isSet()) {
                return false;
            }
            byte[] message = copy.readFromCopy();
            if (message == null) {
                requireEnd();
                return true;
            }
            stream.feed(message);
        }
        return false;
    }

    private void requireEnd() {
        if (!stream.ended()) {
            throw Problem.of(
                            ErrorCode.IO_PROTOCOL,
                            "The binary COPY of PostgreSQL ended without its end mark.")
                    .at(plan.scan().settings().place())
                    .remedy("Check what is between Velo and the server, and retry.")
                    .toException();
        }
    }

    /** Ends the connection; a COPY that still runs is cut, not drained. */
    @Override
    public void close() {
        if (copy.isActive()) {
            session.abort();
        }
        session.close();
    }

    /** Asks a running read to come back. */
    @FunctionalInterface
    interface StopSign {
        boolean isSet();
    }
}
