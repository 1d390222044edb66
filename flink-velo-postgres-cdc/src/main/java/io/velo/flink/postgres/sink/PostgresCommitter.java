// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.retry.RetryListener;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Makes staged rows visible. What was committed before, as after a restart, is left alone: the
 * table or prepared transaction is gone and the ledger has it. If the ledger has it not, rows are
 * lost, and the job fails.
 */
final class PostgresCommitter implements Committer<StagedRows> {

    private static final String NO_TABLE = "42P01";
    private static final String NO_SUCH_OBJECT = "42704";

    private final WriteTarget target;
    private final Ledger ledger;
    private final WriteConnection connection;
    private final WriteLane lane;
    private final ServerWork work;

    PostgresCommitter(WritePlan plan) {
        this.target = plan.target();
        this.ledger = new Ledger(target);
        this.connection = new WriteConnection(target.settings());
        this.lane = new WriteLane("velo-postgres-committer", connection);
        this.work = new ServerWork(connection, target, plan.retry(), RetryListener.SILENT);
    }

    @Override
    public void commit(Collection<CommitRequest<StagedRows>> requests)
            throws IOException, InterruptedException {
        for (CommitRequest<StagedRows> request : requests) {
            StagedRows rows = request.getCommittable();
            boolean committed = lane.call(work.repeated(attempt -> commit(rows)));
            if (!committed) {
                request.signalAlreadyCommitted();
            }
        }
    }

    /** Returns whether it was done now and not before. */
    private boolean commit(StagedRows rows) throws SQLException {
        PostgresSession session = connection.session();
        try {
            take(session, rows);
        } catch (SQLException e) {
            if (!NO_TABLE.equals(e.getSQLState()) && !NO_SUCH_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
            connection.undo(session);
            boolean known = ledger.isCommitted(session, rows);
            session.connection().commit();
            if (!known) {
                throw lost(rows);
            }
            return false;
        }
        // What is missing from here on, as to a trigger, are not the rows.
        switch (rows.method()) {
            case STAGING -> move(session, rows);
            case PREPARED -> forget(session, rows);
        }
        return true;
    }

    /** The statement that fails if the rows wait no more. */
    private void take(PostgresSession session, StagedRows rows) throws SQLException {
        switch (rows.method()) {
            // Somebody who was given up may be doing the same: one waits and finds no table.
            case STAGING ->
                    run(
                            session,
                            "LOCK TABLE " + staging(rows).quoted() + " IN ACCESS EXCLUSIVE MODE");
            case PREPARED -> {
                session.connection().setAutoCommit(true);
                run(session, "COMMIT PREPARED " + Quoting.literal(rows.name()));
            }
        }
    }

    private TableName staging(StagedRows rows) {
        return TableName.of(target.table().schema().name(), rows.name());
    }

    private void move(PostgresSession session, StagedRows rows) throws SQLException {
        TableName staging = staging(rows);
        if (target.overwrites()) {
            run(session, "DELETE FROM " + target.table().quoted());
        }
        run(session, insertion(staging, ledger.columns(session, staging)));
        run(session, "DROP TABLE " + staging.quoted());
        ledger.note(session, rows);
        ledger.forgetBefore(session, rows);
        session.connection().commit();
    }

    private String insertion(TableName staging, List<String> names) {
        String columns = String.join(", ", names);
        String key =
                target.key().stream()
                        .map(i -> Identifier.of(target.columns().getFieldNames().get(i)).quoted())
                        .collect(Collectors.joining(", "));
        // Of several rows of a key the last one counts.
        boolean reduces = target.overwrites() && !key.isEmpty();
        return "INSERT INTO "
                + target.table().quoted()
                + " ("
                + columns
                + ") OVERRIDING SYSTEM VALUE SELECT "
                + (reduces ? "DISTINCT ON (" + key + ") " : "")
                + columns
                + " FROM "
                + staging.quoted()
                + (reduces ? " ORDER BY " + key + ", ctid DESC" : "")
                + (target.onConflict() == OnConflict.IGNORE ? " ON CONFLICT DO NOTHING" : "");
    }

    private void forget(PostgresSession session, StagedRows rows) throws SQLException {
        ledger.forgetBefore(session, rows);
        session.connection().setAutoCommit(false);
    }

    private RuntimeException lost(StagedRows rows) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "Rows that a checkpoint covers are gone: '"
                                + rows.name()
                                + "' waits no more, and "
                                + Ledger.TABLE
                                + " does not say that it was committed.")
                .at(target.settings().place())
                .remedy(
                        "Did somebody drop tables or prepared transactions that start with velo_?"
                                + " Start from an earlier savepoint, or without state.")
                .toException();
    }

    private static void run(PostgresSession session, String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        lane.close();
    }
}
