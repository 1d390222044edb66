// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a slot that somebody else reads: perhaps a reader that has died, which the server
 * notices only within its {@code wal_sender_timeout}, a minute by default. Stateless, therefore
 * thread-safe.
 */
public final class SlotPatience {

    /**
     * A system property for tests: how many seconds a slot in use is waited for, instead of what
     * the server's settings ask for.
     */
    public static final String SECONDS = "velo.postgresql.slot-patience-seconds";

    private static final Logger LOG = LoggerFactory.getLogger(SlotPatience.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Who reads a slot.
     *
     * @param pid the process of the server
     * @param words the process, its application, where it comes from and since when, as far as the
     *     login may know
     */
    public record Holder(int pid, String words) {}

    private SlotPatience() {}

    /** What is waited for more than a server's own patience with a reader that has died. */
    private static final Duration MORE = Duration.ofSeconds(30);

    private static final Duration LEAST = Duration.ofSeconds(90);

    /**
     * How long a slot in use is waited for: longer than the server waits for a reader that does not
     * answer any more.
     */
    public static Duration tryFindLongest(PostgresSession session) throws SQLException {
        Long seconds = Long.getLong(SECONDS);
        if (seconds != null) {
            return Duration.ofSeconds(seconds);
        }
        String millis =
                session.texts(
                                "SELECT setting FROM pg_catalog.pg_settings"
                                        + " WHERE name = 'wal_sender_timeout'")
                        .get(0);
        return longest(Duration.ofMillis(Long.parseLong(millis)));
    }

    /** The same for a server of this {@code wal_sender_timeout}; zero stands for none. */
    static Duration longest(Duration serverTimeout) {
        Duration needed = serverTimeout.plus(MORE);
        return needed.compareTo(LEAST) > 0 ? needed : LEAST;
    }

    /** Who reads this slot, if anybody does. */
    public static Optional<Holder> tryFindHolder(PostgresSession session, String slot)
            throws SQLException {
        String query =
                "SELECT s.active_pid, pg_catalog.concat_ws(', ', 'process ' || s.active_pid,"
                        + " 'application ' || nullif(a.application_name, ''),"
                        + " 'from ' || pg_catalog.host(a.client_addr), 'since ' || a.backend_start)"
                        + " FROM pg_catalog.pg_replication_slots s"
                        + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.active_pid"
                        + " WHERE s.active_pid IS NOT NULL AND s.slot_name = "
                        + Quoting.literal(slot);
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next()
                    ? Optional.of(new Holder(result.getInt(1), result.getString(2)))
                    : Optional.empty();
        }
    }

    /** Waits until nobody reads the slot. */
    static void tryAwaitFree(PostgresSession session, String slot) throws SQLException {
        Duration longest = tryFindLongest(session);
        long deadline = System.nanoTime() + longest.toNanos();
        boolean told = false;
        Optional<Holder> holder = tryFindHolder(session, slot);
        while (holder.isPresent()) {
            if (System.nanoTime() > deadline) {
                throw inUse(session, slot, holder.get(), longest);
            }
            if (!told) {
                tellWaiting(slot, holder.get(), longest);
                told = true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new SQLException("interrupted", "57014");
            }
            holder = tryFindHolder(session, slot);
        }
    }

    /** Writes into the log for whom is waited. */
    public static void tellWaiting(String slot, Holder holder, Duration longest) {
        LOG.warn(
                "Slot '{}' is in use by {}. If that is a reader that has died, the server notices"
                        + " it within its wal_sender_timeout; waiting for up to {} s.",
                slot,
                holder.words(),
                longest.toSeconds());
    }

    /** The failure that the slot is in use still. */
    public static VeloException inUse(
            PostgresSession session, String slot, Holder holder, Duration longest) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Slot '"
                                + slot
                                + "' is in use by "
                                + holder.words()
                                + ", and was for "
                                + longest.toSeconds()
                                + " s.")
                .at(session.settings().place())
                .remedy(
                        "Each job needs a slot of its own: end the other job or set slot_name; if"
                                + " nothing reads there any more, run SELECT pg_terminate_backend("
                                + holder.pid()
                                + ");")
                .toException();
    }
}
