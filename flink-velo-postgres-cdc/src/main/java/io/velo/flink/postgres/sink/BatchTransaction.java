// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.codec.WrittenColumn;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PostgresSession;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a batch in one transaction. If the server rejects a row, the batch is written again under
 * savepoints, in ever smaller parts, until the row is found. For the lane's thread.
 */
final class BatchTransaction {

    /** From this number of rows on a temporary table is faster than arrays. */
    static final int TEMPORARY_FROM = 2_000;

    /** The same key twice in one statement: its parts go through one by one. */
    private static final String CARDINALITY = "21000";

    private final WriteConnection connection;
    private final TargetTable table;
    private final TargetStatements statements;
    private final BatchScope scope;
    private final boolean copies;
    private final boolean survives;
    private final CopyCall copy;
    private long session;
    private String calledRelation;
    private ArrayCall insert;
    private ArrayCall delete;

    /** What was rejected when the batch was written last, if its answer got lost. */
    private List<RejectedRow> lastRejected = List.of();

    /** Temporary tables that a commit has made last as long as the session. */
    private final Set<String> lasting = new HashSet<>();

    /** Temporary tables that hold rows in this transaction. */
    private final Set<String> filled = new HashSet<>();

    /**
     * A writer of batches.
     *
     * @param scope where they go
     * @param survives whether rejected rows are to be found
     * @throws VeloException if rows of the table have no way into such a scope
     */
    BatchTransaction(
            WriteConnection connection,
            WriteTarget target,
            TargetTable table,
            BatchScope scope,
            boolean survives) {
        this.connection = connection;
        this.table = table;
        this.statements = new TargetStatements(target, table);
        this.scope = scope;
        boolean plain = !target.isUpsert() && target.onConflict() != OnConflict.IGNORE;
        this.copies = !table.isCast() && (plain || !scope.meetsKeys());
        this.survives = survives;
        this.copy = new CopyCall(connection::progress);
        if (!copies && !scope.allowsTemporary() && !table.fitsUnnest(table.columns().size())) {
            throw noWay(target);
        }
    }

    private static VeloException noWay(WriteTarget target) {
        return Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Table "
                                + target.table()
                                + " has an array column and one whose values the server has to"
                                + " cast: such rows need a temporary table, and no transaction that"
                                + " used one can be prepared.")
                .at(target.settings().place())
                .remedy("Set 'sink.commit-method'='staging'.")
                .toException();
    }

    /**
     * Writes and keeps.
     *
     * @return rows that the server rejects, if they are to be found
     * @throws SQLException if nothing was written, or nobody knows
     */
    List<RejectedRow> write(RowBatch batch, List<BatchStep> steps) throws SQLException {
        PostgresSession open = connection.session();
        if (!scope.begin(open, batch)) {
            return lastRejected;
        }
        forgetStatementsOfOthers();
        List<RejectedRow> rejected = new ArrayList<>();
        lastRejected = rejected;
        try {
            for (BatchStep step : steps) {
                execute(open, batch, step, 0, step.rows().length);
            }
            scope.keep(open, batch.live());
            lasting.addAll(filled);
        } catch (SQLException e) {
            if (!isSearched(e)) {
                throw e;
            }
            scope.undo(open);
            filled.clear();
            search(open, batch, steps, rejected);
        }
        connection.progress();
        return rejected;
    }

    private void forgetStatementsOfOthers() {
        if (session != connection.number()) {
            session = connection.number();
            insert = null;
            delete = null;
            lasting.clear();
        }
        if (!scope.relation().equals(calledRelation)) {
            calledRelation = scope.relation();
            insert = null;
        }
        filled.clear();
    }

    private boolean isSearched(SQLException e) {
        return survives && Fault.of(e) == Fault.ROW || CARDINALITY.equals(e.getSQLState());
    }

    private void search(
            PostgresSession open, RowBatch batch, List<BatchStep> steps, List<RejectedRow> rejected)
            throws SQLException {
        scope.begin(open, batch);
        // Deferred constraints would fail at the commit, when no row can be blamed any more.
        run(open, "SET CONSTRAINTS ALL IMMEDIATE");
        for (BatchStep step : steps) {
            search(open, batch, step, 0, step.rows().length, rejected);
        }
        scope.keep(open, batch.live() - rejected.size());
    }

    private void search(
            PostgresSession open,
            RowBatch batch,
            BatchStep step,
            int from,
            int to,
            List<RejectedRow> rejected)
            throws SQLException {
        if (from >= to) {
            return;
        }
        run(open, "SAVEPOINT velo");
        try {
            execute(open, batch, step, from, to);
            run(open, "RELEASE SAVEPOINT velo");
            return;
        } catch (SQLException e) {
            if (!isSearched(e)) {
                throw e;
            }
            run(open, "ROLLBACK TO SAVEPOINT velo");
            if (to - from == 1) {
                rejected.add(new RejectedRow(step.rows()[from], e));
                return;
            }
            int suspect = CopyLine.of(e, to - from);
            if (suspect >= 0) {
                search(open, batch, step, from, from + suspect, rejected);
                search(open, batch, step, from + suspect, from + suspect + 1, rejected);
                search(open, batch, step, from + suspect + 1, to, rejected);
                return;
            }
        }
        int middle = from + to >>> 1;
        search(open, batch, step, from, middle, rejected);
        search(open, batch, step, middle, to, rejected);
    }

    private void execute(PostgresSession open, RowBatch batch, BatchStep step, int from, int to)
            throws SQLException {
        connection.progress();
        if (copies) {
            copy.run(open, statements.copyInto(scope.relation()), batch, step.rows(), from, to);
            return;
        }
        int columns = step.deletes() ? statements.deleteSize() : table.columns().size();
        boolean few = step.deletes() || to - from < TEMPORARY_FROM;
        if (table.fitsUnnest(columns) && (few || !scope.allowsTemporary())) {
            throughArrays(open, batch, step, from, to);
        } else {
            throughTemporary(open, batch, step, from, to);
        }
        connection.progress();
    }

    private void throughArrays(
            PostgresSession open, RowBatch batch, BatchStep step, int from, int to)
            throws SQLException {
        ArrayCall call = call(open, step.deletes());
        int most = step.deletes() ? to - from : TEMPORARY_FROM;
        for (int part = from; part < to; part += most) {
            call.run(batch, step.rows(), part, Math.min(to, part + most));
        }
    }

    private ArrayCall call(PostgresSession open, boolean deletes) throws SQLException {
        if (deletes) {
            if (delete == null) {
                int columns = statements.deleteSize();
                String sql = statements.delete(TargetStatements.arrays(columns));
                delete = newCall(open, sql, columns);
            }
            return delete;
        }
        if (insert == null) {
            int columns = table.columns().size();
            String sql = insertion(TargetStatements.arrays(columns));
            insert = newCall(open, sql, columns);
        }
        return insert;
    }

    private String insertion(String source) {
        return scope.meetsKeys()
                ? statements.insert(source)
                : statements.insertInto(scope.relation(), source);
    }

    private ArrayCall newCall(PostgresSession open, String sql, int columns) throws SQLException {
        List<WrittenColumn> written = table.columns().subList(0, columns);
        int[] elements = written.stream().mapToInt(c -> c.wire().oid()).toArray();
        return new ArrayCall(open, sql, elements, Arrays.copyOf(table.arrayTypes(), columns));
    }

    private void throughTemporary(
            PostgresSession open, RowBatch batch, BatchStep step, int from, int to)
            throws SQLException {
        boolean deletes = step.deletes();
        String temporary = deletes ? TargetStatements.DELETIONS : TargetStatements.ROWS;
        int columns = deletes ? statements.deleteSize() : table.columns().size();
        if (!lasting.contains(temporary)) {
            run(open, statements.createTemporary(temporary, columns));
        }
        if (!filled.add(temporary)) {
            run(open, "TRUNCATE " + temporary);
        }
        copy.run(open, statements.copyIntoTemporary(temporary), batch, step.rows(), from, to);
        String source = TargetStatements.temporary(temporary);
        run(open, deletes ? statements.delete(source) : insertion(source));
    }

    private static void run(PostgresSession open, String sql) throws SQLException {
        try (Statement statement = open.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
