// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The rows of an epoch wait in a table of their own beside the target, with its CHECK and NOT NULL
 * constraints. Only this writer writes to it: after a lost answer the number of its rows tells
 * whether the batch is there.
 */
final class StagingScope implements EpochScope {

    private final WriteTarget target;
    private final List<Identifier> unwritten;
    private final StagingNames names;
    private long epoch;
    private TableName staging;
    private boolean created;
    private long kept;
    private RowBatch doubtful;

    /**
     * A scope.
     *
     * @param unwritten columns of the target that no row has
     * @param epoch the first one
     */
    StagingScope(WriteTarget target, List<Identifier> unwritten, StagingNames names, long epoch) {
        this.target = target;
        this.unwritten = List.copyOf(unwritten);
        this.names = names;
        this.epoch = epoch;
        start();
    }

    private void start() {
        staging = TableName.of(target.table().schema().name(), names.name(epoch));
        created = false;
        kept = 0;
        doubtful = null;
    }

    @Override
    public String relation() {
        return staging.quoted();
    }

    @Override
    public boolean meetsKeys() {
        return false;
    }

    @Override
    public boolean allowsTemporary() {
        return true;
    }

    @Override
    public boolean begin(PostgresSession session, RowBatch batch) throws SQLException {
        if (doubtful == batch && hasMore(session)) {
            created = true;
            doubtful = null;
            kept = count(session);
            session.connection().commit();
            return false;
        }
        doubtful = batch;
        if (!created) {
            create(session);
        }
        return true;
    }

    private boolean hasMore(PostgresSession session) throws SQLException {
        return exists(session) && count(session) > kept;
    }

    private boolean exists(PostgresSession session) throws SQLException {
        String query =
                "SELECT relname FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE relname = "
                        + Quoting.literal(staging.table().name())
                        + " AND nspname = "
                        + Quoting.literal(staging.schema().name());
        return !session.texts(query).isEmpty();
    }

    private long count(PostgresSession session) throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM " + relation())) {
            result.next();
            return result.getLong(1);
        }
    }

    private void create(PostgresSession session) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS "
                            + relation()
                            + " (LIKE "
                            + target.table().quoted()
                            + " INCLUDING CONSTRAINTS INCLUDING STORAGE)");
            for (Identifier column : unwritten) {
                // Constraints that look at the column go with it.
                statement.execute(
                        "ALTER TABLE " + relation() + " DROP COLUMN IF EXISTS " + column.quoted());
            }
        }
    }

    @Override
    public void undo(PostgresSession session) throws SQLException {
        session.connection().rollback();
        doubtful = null;
    }

    @Override
    public void keep(PostgresSession session, int rows) throws SQLException {
        session.connection().commit();
        created = true;
        kept += rows;
        doubtful = null;
    }

    @Override
    public StagedRows end(PostgresSession session) throws SQLException {
        if (target.overwrites() && !created) {
            // No rows, too, take the place of those that are there.
            create(session);
            session.connection().commit();
            created = true;
        }
        return created
                ? new StagedRows(
                        CommitMethod.STAGING, names.writer(), epoch, staging.table().name())
                : null;
    }

    @Override
    public void next() {
        epoch++;
        start();
    }
}
