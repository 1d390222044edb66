// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupConnection;
import io.velo.flink.common.lookup.LookupServer;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.meta.RelationReader;
import java.sql.SQLException;

/**
 * One database that answers lookups. Immutable, therefore thread-safe.
 *
 * @param lookup what is looked up
 * @param settings the database
 */
record PostgresLookupServer(TableLookup lookup, ConnectSettings settings)
        implements LookupServer<KeyValues> {

    @Override
    public String endpoint() {
        return settings.place();
    }

    @Override
    public LookupConnection<KeyValues> connect() throws SQLException {
        PostgresSession session = open();
        try {
            LookupPlan plan =
                    new LookupPlan(
                            lookup, RelationReader.tryRead(session, lookup.relation()), settings);
            return new PostgresLookupConnection(
                    plan, new LookupStatement(session, plan, lookup.specialValues()));
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private PostgresSession open() throws SQLException {
        try {
            return PostgresSession.tryOpen(settings, SessionPurpose.LOOKUP);
        } catch (SQLException e) {
            throw new NoConnectionException(e);
        }
    }
}
