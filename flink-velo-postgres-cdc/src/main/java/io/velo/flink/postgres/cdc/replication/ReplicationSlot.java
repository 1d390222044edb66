// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.SlotSettings;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes a slot and says where it begins. Not thread-safe, because the session is not.
 *
 * <p>Source: https://www.postgresql.org/docs/current/protocol-replication.html,
 * "CREATE_REPLICATION_SLOT".
 */
public final class ReplicationSlot {

    private static final String TIMEOUT = "57014";
    private static final int FAILOVER_VERSION = 170000;

    private final PostgresSession session;
    private final ConnectSettings database;
    private final SlotSettings settings;

    /** A slot of a database, asked for by this session. */
    public ReplicationSlot(PostgresSession session, SlotSettings settings) {
        this.session = session;
        this.database = session.settings();
        this.settings = settings;
    }

    /** Whether a slot of the name is there. */
    public boolean tryExists() throws SQLException {
        return !session.texts(
                        "SELECT slot_name::text FROM pg_catalog.pg_replication_slots"
                                + " WHERE slot_name = "
                                + name())
                .isEmpty();
    }

    private String name() {
        return Quoting.literal(settings.slot());
    }

    /** Waits until no transaction runs that is older than the call. */
    public void tryAwaitVisible() throws SQLException {
        new LimboBarrier(session, deadline()).tryPassAll();
    }

    /** Takes the slot that is there and waits until readers see what it leaves out. */
    public CapturePlace tryTakeVisible() throws SQLException {
        CapturePlace taken = tryTake();
        tryAwaitVisible();
        return taken;
    }

    /** Takes the slot that is there and leaves out what it has kept so far. */
    public CapturePlace tryTakeFromNow() throws SQLException {
        CapturePlace taken = tryTake();
        long now = Lsn.of(session.texts("SELECT pg_catalog.pg_current_wal_lsn()::text").get(0));
        return new CapturePlace(
                taken.slot(), taken.publication(), taken.systemId(), taken.timeline(), now);
    }

    /**
     * Takes the slot that is there, from what its last reader confirmed.
     *
     * @throws VeloException if it is not one of pgoutput in this database, in use, or not kept on
     *     standbys although this is wanted
     */
    public CapturePlace tryTake() throws SQLException {
        String query =
                "SELECT plugin, database = current_database(),"
                        + " confirmed_flush_lsn::text,"
                        + " pg_catalog.to_jsonb(s)->>'failover' = 'true'"
                        + " FROM pg_catalog.pg_replication_slots s WHERE slot_name = "
                        + name();
        SlotPatience.tryAwaitFree(session, settings.slot());
        String confirmed;
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            if (!result.next()) {
                throw missing();
            }
            if (!"pgoutput".equals(result.getString(1)) || !result.getBoolean(2)) {
                throw refused(
                        "Slot '"
                                + settings.slot()
                                + "' is not one of plugin pgoutput in this database.",
                        "Name another slot_name.");
            }
            if (settings.failover() && !result.getBoolean(4)) {
                throw refused(
                        "Slot '"
                                + settings.slot()
                                + "' is there already and is not kept on standbys.",
                        "Leave slot_failover out, or drop the slot, so that it is made anew.");
            }
            confirmed = result.getString(3);
        }
        return place(timeline(), Lsn.of(confirmed));
    }

    private VeloException missing() {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "There is no slot '" + settings.slot() + "', whose changes are wanted.")
                .at(database.place())
                .remedy(
                        "Run SELECT pg_create_logical_replication_slot("
                                + name()
                                + ", 'pgoutput'); or use scan_startup=initial.")
                .toException();
    }

    private VeloException refused(String sentence, String remedy) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(database.place())
                .remedy(remedy)
                .toException();
    }

    private long deadline() {
        return System.nanoTime() + settings.createTimeout().toNanos();
    }

    /** Drops the slot that an earlier attempt of the same job left. */
    public void tryDrop() throws SQLException {
        SlotPatience.tryAwaitFree(session, settings.slot());
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("SELECT pg_catalog.pg_drop_replication_slot(" + name() + ")");
        }
    }

    /**
     * Makes the slot and waits until readers see what it leaves out.
     *
     * @param opened receives the connection that makes it, so that another thread can cut it
     */
    public CapturePlace tryCreate(Opened opened) throws SQLException {
        long deadline = deadline();
        try (PostgresSession maker =
                PostgresSession.tryOpen(database, SessionPurpose.REPLICATION)) {
            opened.opened(maker);
            Timeline timeline = Timeline.tryRead(maker);
            String exported;
            long start;
            try (Statement statement = maker.connection().createStatement()) {
                statement.setQueryTimeout((int) Math.max(1, settings.createTimeout().toSeconds()));
                try (ResultSet result = statement.executeQuery(create(maker))) {
                    result.next();
                    start = Lsn.of(result.getString(2));
                    exported = result.getString(3);
                }
            } catch (SQLException e) {
                if (TIMEOUT.equals(e.getSQLState())) {
                    throw blocked(e);
                }
                throw e;
            }
            Moment.SLOT_CREATED.reached(settings.slot());
            new LimboBarrier(session, deadline).tryPass(snapshot(exported));
            return place(timeline, start);
        }
    }

    private String create(PostgresSession maker) throws SQLException {
        String form = " LOGICAL pgoutput EXPORT_SNAPSHOT";
        if (settings.failover()) {
            int version = Integer.parseInt(session.texts("SHOW server_version_num").get(0));
            if (version < FAILOVER_VERSION) {
                throw refused(
                        "A slot that survives a failover needs PostgreSQL 17.",
                        "Leave slot_failover out.");
            }
            form = " LOGICAL pgoutput (SNAPSHOT 'export', FAILOVER true)";
        }
        return "CREATE_REPLICATION_SLOT \"" + settings.slot() + '"' + form;
    }

    /** What the slot's own snapshot sees: only a transaction that imports it can say. */
    private ServerSnapshot snapshot(String exported) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            statement.execute("SET TRANSACTION SNAPSHOT " + Quoting.literal(exported));
            String text = session.texts("SELECT pg_catalog.pg_current_snapshot()::text").get(0);
            statement.execute("COMMIT");
            return ServerSnapshot.parse(text);
        }
    }

    private VeloException blocked(SQLException reason) throws SQLException {
        List<String> pids =
                session.texts(
                        "SELECT pid::text FROM pg_catalog.pg_stat_activity"
                                + " WHERE backend_xid IS NOT NULL ORDER BY xact_start");
        return Problem.of(
                        ErrorCode.IO_TIMEOUT,
                        "The server could not make slot '"
                                + settings.slot()
                                + "' in time: it waits for transactions of the processes "
                                + pids
                                + ".")
                .at(database.place())
                .remedy(
                        "See SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid"
                                + " IS NOT NULL; end them, or set a longer slot_create_timeout.")
                .toException(reason);
    }

    private CapturePlace place(Timeline timeline, long start) {
        return new CapturePlace(
                settings.slot(),
                settings.publication(),
                timeline.systemId(),
                timeline.number(),
                start);
    }

    private Timeline timeline() throws SQLException {
        try (PostgresSession other =
                PostgresSession.tryOpen(database, SessionPurpose.REPLICATION)) {
            return Timeline.tryRead(other);
        }
    }

    /** Learns of a connection as soon as it is open. */
    @FunctionalInterface
    public interface Opened {
        /** The connection is open. */
        void opened(PostgresSession connection);
    }
}
