// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.postgres.codec.TupleBuffer;
import io.velo.flink.postgres.connect.PostgresSession;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Arrays;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;

/**
 * A statement whose parameters are one array per column, bound in their binary form: the values are
 * the bytes that the tuples hold already. JDBC has no way to bind such bytes, so this uses the
 * driver's executor. One connection, one thread.
 */
final class ArrayCall {

    private final QueryExecutor executor;
    private final Query query;
    private final int[] elementTypes;
    private final int[] arrayTypes;
    private final TupleBuffer[] arrays;

    /**
     * A statement with one parameter per column.
     *
     * @param elementTypes the types of the columns' values
     * @param arrayTypes the types of arrays of them
     */
    ArrayCall(PostgresSession session, String sql, int[] elementTypes, int[] arrayTypes)
            throws SQLException {
        BaseConnection driver = (BaseConnection) session.driver();
        this.executor = driver.getQueryExecutor();
        this.query = executor.createQuery(sql, false, true).query;
        this.elementTypes = elementTypes;
        this.arrayTypes = arrayTypes;
        this.arrays = new TupleBuffer[elementTypes.length];
        Arrays.setAll(arrays, i -> new TupleBuffer());
    }

    /** Runs the statement for some rows of a batch. */
    void run(RowBatch batch, int[] rows, int from, int to) throws SQLException {
        transpose(batch, rows, from, to);
        ParameterList parameters = query.createParameterList();
        for (int i = 0; i < arrays.length; i++) {
            byte[] bytes = Arrays.copyOf(arrays[i].array(), arrays[i].size());
            parameters.setBinaryParameter(i + 1, bytes, arrayTypes[i]);
        }
        executor.execute(
                query,
                parameters,
                new Outcome(),
                0,
                0,
                QueryExecutor.QUERY_NO_RESULTS | QueryExecutor.QUERY_NO_METADATA);
    }

    private void transpose(RowBatch batch, int[] rows, int from, int to) {
        for (int i = 0; i < arrays.length; i++) {
            TupleBuffer array = arrays[i];
            array.truncate(0);
            array.int4(1);
            // With the flag set NULLs may be there; the server does not ask for more.
            array.int4(1);
            array.int4(elementTypes[i]);
            array.int4(to - from);
            array.int4(1);
        }
        byte[] bytes = batch.array();
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        for (int r = from; r < to; r++) {
            int at = batch.start(rows[r]) + 2;
            for (TupleBuffer array : arrays) {
                int length = 4 + Math.max(0, numbers.getInt(at));
                array.bytes(bytes, at, length);
                at += length;
            }
        }
    }

    /** Keeps the first error and throws it at the end. */
    private static final class Outcome extends ResultHandlerBase {
        @Override
        public void handleWarning(SQLWarning warning) {
            // A trigger may say something; nobody listens.
        }
    }
}
