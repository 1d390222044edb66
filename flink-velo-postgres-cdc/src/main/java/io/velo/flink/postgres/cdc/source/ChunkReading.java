// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import io.velo.flink.postgres.cdc.replication.Lsn;
import io.velo.flink.postgres.cdc.replication.ServerSnapshot;
import io.velo.flink.postgres.cdc.row.ChangeContext;
import io.velo.flink.postgres.cdc.snapshot.SnapshotSplit;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.cdc.snapshot.Visibility;
import io.velo.flink.postgres.codec.CopyStream;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.table.data.StringData;
import org.postgresql.copy.CopyOut;

/**
 * A running COPY of a range in a transaction of its own, which notes what its snapshot shows. Used
 * by one thread.
 *
 * <p>The table is locked against being rewritten before the snapshot is taken: a snapshot that is
 * older than a rewrite sees an empty table
 * (https://www.postgresql.org/docs/current/mvcc-caveats.html).
 */
final class ChunkReading implements AutoCloseable {

    private final CaptureSettings settings;
    private final PostgresSession session;
    private final SnapshotSplit split;
    private final ChunkPlan plan;
    private final ChangeContext context;
    private final Visibility visibility;
    private final CopyOut copy;
    private final CopyStream stream;
    private final Tuple tuple = new Tuple();

    private ChunkReading(CaptureSettings settings, PostgresSession session, SnapshotSplit split)
            throws SQLException {
        this.settings = settings;
        this.session = session;
        this.split = split;
        this.context = new ChangeContext(settings.layout(), settings.database().database().name());
        begin();
        SnapshotTable table = SnapshotTable.tryRead(session, split.table());
        SameTable.require(settings, split.table(), split.oid(), table.info().oid());
        this.plan = new ChunkPlan(settings, table, split.byPlace(), context, generated());
        this.visibility = visibility();
        if (plan.isOrderedByIndex(split)) {
            // Otherwise the planner may sort the whole table for each range of a random key.
            run("SET LOCAL enable_seqscan = off");
            run("SET LOCAL enable_bitmapscan = off");
            run("SET LOCAL enable_sort = off");
        }
        Moment.CHUNK_SNAPSHOT.reached(split.splitId());
        this.copy = session.driver().getCopyAPI().copyOut(plan.copy(split));
        this.stream = new CopyStream(plan.fields());
        context.table(
                StringData.fromString(split.table().schema().name()),
                StringData.fromString(split.table().table().name()));
        context.snapshot(visibility.horizon());
    }

    /**
     * Begins to read what is left of a split; the session is the caller's and stays open.
     *
     * @throws io.velo.flink.common.error.VeloException if the table cannot be read as declared, or
     *     the exported snapshot is gone
     */
    static ChunkReading open(CaptureSettings settings, PostgresSession session, SnapshotSplit split)
            throws SQLException {
        return new ChunkReading(settings, session, split);
    }

    private void begin() throws SQLException {
        run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        if (!split.exported().isEmpty()) {
            try {
                run("SET TRANSACTION SNAPSHOT " + Quoting.literal(split.exported()));
            } catch (SQLException e) {
                throw e.getSQLState().startsWith("08") ? e : holderLost(e);
            }
        }
        run("SET LOCAL row_security = off");
        run("SET LOCAL max_parallel_workers_per_gather = 0");
        // A range by place goes on behind its last row, so no read may begin amid the table.
        run("SET LOCAL synchronize_seqscans = off");
        run("LOCK TABLE " + split.relation().quoted() + " IN ACCESS SHARE MODE");
    }

    private SQLException holderLost(SQLException reason) {
        throw Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The one moment in which table "
                                + split.table()
                                + " is read is gone with the connection that held it.")
                .at(settings.database().place())
                .remedy(
                        "Start the job without its state, which reads the table again, or from the"
                                + " savepoint before the table was added; a table with a PRIMARY"
                                + " KEY and snapshot_strategy=key goes on by itself.")
                .toException(reason);
    }

    private List<String> generated() throws SQLException {
        return session.texts(
                "SELECT attname::text FROM pg_catalog.pg_attribute WHERE attgenerated <> ''"
                        + " AND attrelid = "
                        + Quoting.literal(split.table().quoted())
                        + "::pg_catalog.regclass");
    }

    private Visibility visibility() throws SQLException {
        String query =
                "SELECT pg_catalog.pg_current_snapshot()::text,"
                        + " pg_catalog.pg_current_wal_insert_lsn()::text,"
                        // The name of a file of the log begins with the timeline.
                        + " pg_catalog.left(pg_catalog.pg_walfile_name("
                        + "pg_catalog.pg_current_wal_insert_lsn()), 8)";
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return new Visibility(
                    ServerSnapshot.parse(result.getString(1)),
                    Lsn.of(result.getString(2)),
                    Integer.parseUnsignedInt(result.getString(3), 16));
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** An empty batch for rows of this range. */
    ChunkBatch batch() {
        return new ChunkBatch(split.splitId(), plan, visibility);
    }

    /** What the rows show. */
    Visibility shown() {
        return visibility;
    }

    /**
     * Reads rows into the batch until it is full, the data ends, or {@code stop} says so.
     *
     * @return whether the data has ended
     */
    boolean fill(ChunkBatch batch, int maxRows, long maxBytes, StopSign stop) throws SQLException {
        long bytes = 0;
        while (batch.events() < maxRows && bytes < maxBytes) {
            if (stream.next()) {
                byte[] message = stream.tuple();
                tuple.readCopy(message, stream.start(), plan.form());
                plan.rows().read(tuple, batch::add);
                batch.endRow(message, stream.start());
                bytes += stream.length();
                continue;
            }
            if (stop.isSet()) {
                return false;
            }
            byte[] message = copy.readFromCopy();
            if (message == null) {
                end();
                return true;
            }
            stream.feed(message);
        }
        return false;
    }

    private void end() throws SQLException {
        if (!stream.ended()) {
            throw Problem.of(
                            ErrorCode.IO_PROTOCOL,
                            "The binary COPY of PostgreSQL ended without its end mark.")
                    .at(settings.database().place())
                    .remedy("Check what is between Velo and the server, and retry.")
                    .toException();
        }
        Moment.CHUNK_READ.reached(split.splitId());
        if (!visibility().snapshot().equals(visibility.snapshot())) {
            throw Problem.of(
                            ErrorCode.IO_PROTOCOL,
                            "The statements of one transaction ran in different snapshots.")
                    .at(settings.database().place())
                    .remedy(
                            "A connection pooler that shares sessions cannot be used: name the"
                                    + " server itself in the URI.")
                    .toException();
        }
        run("COMMIT");
    }

    /** Ends what still runs by cutting the connection. */
    @Override
    public void close() {
        if (copy.isActive()) {
            session.abort();
        }
    }

    /** Asks a running read to come back. */
    @FunctionalInterface
    interface StopSign {
        boolean isSet();
    }
}
