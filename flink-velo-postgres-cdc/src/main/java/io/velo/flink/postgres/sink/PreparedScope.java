// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The rows of an epoch stand in the target within one transaction, which is prepared at the
 * checkpoint. If the connection is lost before, they are gone, and the task starts again from the
 * last checkpoint.
 */
final class PreparedScope implements EpochScope {

    private final WriteTarget target;
    private final WriteConnection connection;
    private final StagingNames names;
    private final Ledger ledger;
    private long epoch;
    private long connectionEpoch;
    private boolean hasRows;
    private boolean preparing;

    PreparedScope(
            WriteTarget target,
            WriteConnection connection,
            StagingNames names,
            Ledger ledger,
            long epoch) {
        this.target = target;
        this.connection = connection;
        this.names = names;
        this.ledger = ledger;
        this.epoch = epoch;
    }

    @Override
    public String relation() {
        return target.table().quoted();
    }

    @Override
    public boolean meetsKeys() {
        return true;
    }

    @Override
    public boolean allowsTemporary() {
        // The server prepares no transaction that has touched one (SQLSTATE 0A000).
        return false;
    }

    @Override
    public boolean begin(PostgresSession session, RowBatch batch) throws SQLException {
        requireNothingLost();
        connectionEpoch = connection.epoch();
        if (!hasRows) {
            run(session, "SET LOCAL idle_in_transaction_session_timeout = 0");
        }
        run(session, "SAVEPOINT velo_batch");
        return true;
    }

    private void requireNothingLost() {
        if (hasRows && connectionEpoch != connection.epoch()) {
            throw Problem.of(
                            ErrorCode.IO_UNREACHABLE,
                            "The connection to PostgreSQL was lost, and with it the rows that were"
                                    + " written since the last checkpoint.")
                    .at(target.settings().place())
                    .remedy(
                            "The job goes on from the last checkpoint by its restart strategy; with"
                                    + " 'sink.commit-method'='staging' it need not.")
                    .toException();
        }
    }

    @Override
    public void undo(PostgresSession session) throws SQLException {
        run(session, "ROLLBACK TO SAVEPOINT velo_batch");
    }

    @Override
    public void keep(PostgresSession session, int rows) throws SQLException {
        run(session, "RELEASE SAVEPOINT velo_batch");
        hasRows = true;
    }

    @Override
    public StagedRows end(PostgresSession session) throws SQLException {
        if (!hasRows) {
            return null;
        }
        StagedRows rows =
                new StagedRows(CommitMethod.PREPARED, names.writer(), epoch, names.name(epoch));
        if (preparing && ledger.isPrepared(session, rows.name())) {
            session.connection().commit();
            return rows;
        }
        requireNothingLost();
        preparing = true;
        ledger.note(session, rows);
        run(session, "PREPARE TRANSACTION '" + rows.name() + "'");
        // For the driver the transaction is over; for the server too.
        return rows;
    }

    @Override
    public void next() {
        epoch++;
        hasRows = false;
        preparing = false;
    }

    private static void run(PostgresSession session, String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
