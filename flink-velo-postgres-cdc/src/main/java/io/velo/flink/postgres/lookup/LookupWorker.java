// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.StatementFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with one connection that answers batches of keys until the queue is closed. A lost
 * connection is opened again and the batch asked again, a bounded number of times.
 */
final class LookupWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LookupWorker.class);

    /** The table was altered: the statement must be prepared again. */
    private static final String STALE_STATEMENT = "0A000";

    private final TableLookup lookup;
    private final LookupPlan plan;
    private final KeyQueue queue;
    private volatile LookupStatement statement;

    LookupWorker(TableLookup lookup, LookupPlan plan, KeyQueue queue) {
        this.lookup = lookup;
        this.plan = plan;
        this.queue = queue;
    }

    @Override
    public void run() {
        try {
            List<PendingKey> batch = queue.take();
            while (!batch.isEmpty()) {
                answer(batch);
                batch = queue.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void answer(List<PendingKey> batch) throws InterruptedException {
        // Keys that wait twice are asked for once.
        Map<List<String>, Integer> positions = new LinkedHashMap<>();
        for (PendingKey key : batch) {
            positions.putIfAbsent(key.values(), positions.size());
        }
        try {
            List<Collection<RowData>> rows = query(new ArrayList<>(positions.keySet()));
            queue.answered(batch.size());
            for (PendingKey key : batch) {
                key.answer().complete(rows.get(positions.get(key.values())));
            }
        } catch (VeloException e) {
            fail(batch, PermanentFailure.orPassing(e));
        } catch (RuntimeException e) {
            fail(batch, e);
        } catch (Error e) {
            fail(batch, e);
            throw e;
        }
    }

    private void fail(List<PendingKey> batch, Throwable reason) {
        queue.answered(batch.size());
        batch.forEach(key -> key.answer().completeExceptionally(reason));
    }

    private List<Collection<RowData>> query(List<List<String>> keys) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            boolean connected = statement != null;
            try {
                connect();
                connected = true;
                return statement.query(keys);
            } catch (SQLException e) {
                disconnect();
                retryOrThrow(e, failures, connected);
            } catch (RuntimeException e) {
                disconnect();
                throw e;
            }
        }
    }

    private void connect() throws SQLException {
        if (statement == null) {
            PostgresSession session =
                    PostgresSession.tryOpen(lookup.settings(), SessionPurpose.LOOKUP);
            try {
                statement = new LookupStatement(session, plan, lookup.specialValues());
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
    }

    private void retryOrThrow(SQLException error, int failures, boolean connected)
            throws InterruptedException {
        Backoff backoff = lookup.backoff();
        boolean again =
                Fault.of(error).isTransient()
                        || STALE_STATEMENT.equals(error.getSQLState()) && failures == 1;
        if (!again || !backoff.allowsAnother(failures) || queue.isClosed()) {
            VeloException failure =
                    connected
                            ? StatementFailure.describe(error, lookup.settings(), lookup.work())
                            : ConnectFailure.describe(error, lookup.settings());
            throw PermanentFailure.of(failure, error);
        }
        long delay = backoff.delayMillis(failures);
        LOG.info(
                "Connection lost when {} at {} ({}); attempt {} follows in {} ms.",
                lookup.work(),
                lookup.settings(),
                error.getSQLState(),
                failures + 1,
                delay);
        queue.pause(delay);
    }

    /** Cuts the connection, so that a request that waits for its answer ends. */
    void abort() {
        LookupStatement open = statement;
        if (open != null) {
            open.abort();
        }
    }

    private void disconnect() {
        LookupStatement open = statement;
        statement = null;
        if (open != null) {
            open.close();
        }
    }
}
