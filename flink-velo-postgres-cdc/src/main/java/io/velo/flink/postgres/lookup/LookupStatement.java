// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.codec.ArrayLiteral;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.codec.TupleDecoder;
import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;

/** The prepared statement of a lookup on one connection. Used by one thread. */
final class LookupStatement implements AutoCloseable {

    private static final int BINARY = 1;

    private final PostgresSession session;
    private final PreparedStatement statement;
    private final TupleDecoder decoder;
    private final int columns;
    private boolean formatChecked;

    LookupStatement(PostgresSession session, LookupPlan plan, SpecialValues policy)
            throws SQLException {
        this.session = session;
        this.columns = plan.columns().size();
        this.decoder = new TupleDecoder(plan.columns(), policy);
        QueryExecutor executor =
                session.connection().unwrap(BaseConnection.class).getQueryExecutor();
        for (ColumnMapping column : plan.columns()) {
            executor.addBinaryReceiveOid(column.wire().oid());
        }
        this.statement = session.connection().prepareStatement(plan.sql());
    }

    /**
     * Looks keys up in one request.
     *
     * @param keys the values of each key
     * @return the rows of each key, in the order of the keys
     */
    List<Collection<RowData>> query(List<List<String>> keys) throws SQLException {
        int keyColumns = keys.get(0).size();
        for (int i = 0; i < keyColumns; i++) {
            ArrayLiteral values = new ArrayLiteral();
            for (List<String> key : keys) {
                values.add(key.get(i));
            }
            statement.setObject(i + 1, values.toString(), Types.OTHER);
        }
        List<Collection<RowData>> rows = new ArrayList<>(keys.size());
        keys.forEach(key -> rows.add(List.of()));
        try (ResultSet result = statement.executeQuery()) {
            requireBinary(result);
            byte[][] fields = new byte[columns][];
            while (result.next()) {
                for (int i = 0; i < columns; i++) {
                    fields[i] = result.getBytes(i + 2);
                }
                add(rows, result.getInt(1) - 1, decoder.decode(fields, 0));
            }
        }
        return rows;
    }

    private static void add(List<Collection<RowData>> rows, int key, RowData row) {
        Collection<RowData> sameKey = rows.get(key);
        if (sameKey.isEmpty()) {
            rows.set(key, List.of(row));
            return;
        }
        if (sameKey.size() == 1) {
            sameKey = new ArrayList<>(sameKey);
            rows.set(key, sameKey);
        }
        sameKey.add(row);
    }

    /** The decoders know the binary form alone; a driver that asks for text must not go unseen. */
    private void requireBinary(ResultSet result) throws SQLException {
        if (formatChecked) {
            return;
        }
        PGResultSetMetaData metadata = result.getMetaData().unwrap(PGResultSetMetaData.class);
        for (int i = 2; i < columns + 2; i++) {
            if (metadata.getFormat(i) != BINARY) {
                throw Problem.of(
                                ErrorCode.IO_PROTOCOL,
                                "PostgreSQL sends column "
                                        + metadata.getBaseColumnName(i)
                                        + " as text where its binary form was asked for.")
                        .at(session.settings().place())
                        .toException();
            }
        }
        formatChecked = true;
    }

    /** Asks something small. */
    void check() throws SQLException {
        session.texts("SELECT ''");
    }

    /** Cuts the connection. Can be called by any thread. */
    void abort() {
        session.abort();
    }

    @Override
    public void close() {
        session.close();
    }
}
