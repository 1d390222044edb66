// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;

/** Each batch is a transaction of its own. */
final class OwnTransactions implements BatchScope {

    private final String relation;

    OwnTransactions(WriteTarget target) {
        this.relation = target.table().quoted();
    }

    @Override
    public String relation() {
        return relation;
    }

    @Override
    public boolean meetsKeys() {
        return true;
    }

    @Override
    public boolean allowsTemporary() {
        return true;
    }

    @Override
    public boolean begin(PostgresSession session, RowBatch batch) {
        return true;
    }

    @Override
    public void undo(PostgresSession session) throws SQLException {
        session.connection().rollback();
    }

    @Override
    public void keep(PostgresSession session, int rows) throws SQLException {
        session.connection().commit();
    }
}
