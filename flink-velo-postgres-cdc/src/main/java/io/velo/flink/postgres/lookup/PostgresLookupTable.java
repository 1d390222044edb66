// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupServer;
import io.velo.flink.common.lookup.LookupTable;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.StatementFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * Lookups in a PostgreSQL table or query: a key that is NULL in any column, or that the column
 * cannot hold, has no rows; a key that is not unique has many. The server compares, by the rules of
 * the column's type.
 */
public final class PostgresLookupTable implements LookupTable<KeyValues> {

    private static final long serialVersionUID = 1L;

    /** The table was altered: the statement must be prepared again. */
    private static final String STALE_STATEMENT = "0A000";

    private final TableLookup lookup;
    private final List<ConnectSettings> servers;

    /**
     * Lookups in one table.
     *
     * @param servers the databases that hold it: its own first, then those to fall back to
     */
    public PostgresLookupTable(TableLookup lookup, List<ConnectSettings> servers) {
        this.lookup = lookup;
        this.servers = List.copyOf(servers);
    }

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public String name() {
        return lookup.name();
    }

    @Override
    public List<? extends LookupServer<KeyValues>> servers() {
        return servers.stream()
                .map(settings -> new PostgresLookupServer(lookup, settings))
                .toList();
    }

    @Override
    public KeyValues key(RowData keyRow) {
        KeyValues key = lookup.key().read(keyRow);
        return key.hasNull() ? null : key;
    }

    @Override
    public RowData rowOfNulls(KeyValues key) {
        return lookup.key().rowOfNulls(key);
    }

    @Override
    public FailureClass classify(Throwable failure) {
        if (!(failure instanceof SQLException error)) {
            return FailureClass.PERMANENT;
        }
        if (STALE_STATEMENT.equals(error.getSQLState())) {
            return FailureClass.DOUBTFUL;
        }
        return Fault.of(error).isTransient() ? FailureClass.TRANSIENT : FailureClass.PERMANENT;
    }

    @Override
    public Throwable told(Throwable failure, int attempts, Duration spent) {
        if (failure instanceof VeloException known) {
            return PermanentFailure.orPassing(known);
        }
        if (failure instanceof NoConnectionException none) {
            return PermanentFailure.of(
                    ConnectFailure.describe(none.reason(), servers.get(0)), none.reason());
        }
        return failure instanceof SQLException error
                ? PermanentFailure.of(
                        StatementFailure.describe(error, servers.get(0), lookup.work()), error)
                : failure;
    }
}
