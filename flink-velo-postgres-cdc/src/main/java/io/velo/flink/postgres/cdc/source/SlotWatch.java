// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.SlotSettings;
import io.velo.flink.postgres.cdc.WalExceeded;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.SlotState;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the slot now and then: shows how much of the log it holds back, says so when that is too
 * much, and writes the heartbeat. Used by the coordinator's threads.
 */
final class SlotWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final CaptureSettings settings;
    private final SplitEnumeratorContext<CaptureSplit> context;
    private volatile PostgresSession session;
    private volatile boolean closed;
    private volatile Optional<SlotState> state = Optional.empty();
    private volatile boolean blind;
    private volatile String slot = "";
    private boolean warned;

    SlotWatch(CaptureSettings settings, SplitEnumeratorContext<CaptureSplit> context) {
        this.settings = settings;
        this.context = context;
    }

    /** Begins to watch the slot, if there is one. */
    void start(CapturePlace place) {
        if (place.slot().isEmpty()) {
            return;
        }
        follow(place);
        context.metricGroup().gauge("slotRetainedBytes", () -> value(SlotState::retainedBytes));
        context.metricGroup().gauge("slotLagBytes", () -> value(SlotState::lagBytes));
        context.metricGroup().gauge("slotSafeWalBytes", () -> value(SlotState::safeBytes));
        context.callAsync(this::look, this::looked, PERIOD.toMillis(), PERIOD.toMillis());
        long heartbeat = settings.slot().heartbeat().toMillis();
        if (heartbeat > 0) {
            context.callAsync(this::beat, this::ignore, heartbeat, heartbeat);
        }
    }

    /** Another slot is watched from now on. */
    void follow(CapturePlace place) {
        slot = place.slot();
    }

    private long value(java.util.function.ToLongFunction<SlotState> of) {
        return state.map(now -> of.applyAsLong(now)).orElse(-1L);
    }

    private synchronized PostgresSession session() throws SQLException {
        if (closed) {
            throw new SQLException("closed", "08003");
        }
        if (session == null) {
            session = PostgresSession.tryOpen(settings.database(), SessionPurpose.CAPTURE);
        }
        return session;
    }

    private Optional<SlotState> look() {
        try {
            Optional<SlotState> seen = SlotState.tryRead(session(), slot);
            if (seen.isEmpty()) {
                lookFailed("it does not exist");
            }
            return seen;
        } catch (SQLException | RuntimeException e) {
            lookFailed(e.getMessage());
            reopen();
            return Optional.empty();
        }
    }

    /** Said once in a row: what ends the job is found by the reader. */
    private void lookFailed(String reason) {
        if (!closed && !blind) {
            LOG.warn("Slot '{}' cannot be watched, its metrics are unknown: {}", slot, reason);
        }
        blind = true;
    }

    private void looked(Optional<SlotState> seen, Throwable failure) {
        if (failure != null || seen.isEmpty()) {
            state = Optional.empty();
            return;
        }
        blind = false;
        state = seen;
        SlotSettings limits = settings.slot();
        long retained = seen.get().retainedBytes();
        boolean exceeded = limits.maxRetained() > 0 && retained > limits.maxRetained();
        if (exceeded && limits.exceeded() == WalExceeded.FAIL) {
            throw PermanentFailure.orPassing(problem(retained).toException());
        }
        if (exceeded && !warned) {
            LOG.warn("{}", problem(retained).toException().getMessage());
        }
        warned = exceeded;
    }

    private Problem problem(long retained) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "Slot '"
                                + slot
                                + "' holds back "
                                + retained
                                + " bytes of the server's log, more than wal_max_retained="
                                + settings.slot().maxRetained()
                                + ".")
                .at(settings.database().place())
                .remedy(
                        "Find out what holds the job up; or end it and run SELECT"
                                + " pg_drop_replication_slot('"
                                + slot
                                + "');");
    }

    /** Transactional: a message outside of a transaction does not let the slot move on. */
    private Boolean beat() {
        try (Statement statement = session().connection().createStatement()) {
            statement.execute(
                    "BEGIN READ WRITE; SELECT pg_catalog.pg_logical_emit_message(true, 'velo', '');"
                            + " COMMIT");
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The heartbeat could not be written ({}).", e.getMessage());
            reopen();
            return false;
        }
    }

    private void ignore(Boolean written, Throwable failure) {
        // The next one may be written.
    }

    private synchronized void reopen() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        PostgresSession open = session;
        if (open != null) {
            open.abort();
        }
        reopen();
    }
}
