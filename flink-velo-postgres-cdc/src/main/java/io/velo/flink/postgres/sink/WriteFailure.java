// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.FailureClass;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.Fault;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.ServerText;
import io.velo.flink.postgres.connect.StatementFailure;
import java.sql.SQLException;

/** Says what failed when a table was written. Stateless, therefore thread-safe. */
final class WriteFailure {

    private WriteFailure() {}

    /** What a failure means for the one who thinks of trying again. */
    static FailureClass classify(Throwable failure) {
        if (!(failure instanceof SQLException error)) {
            return FailureClass.PERMANENT;
        }
        return switch (Fault.of(error)) {
            case RECONNECT, RETRY -> FailureClass.TRANSIENT;
            case ROW -> FailureClass.DATA;
            case PERMANENT -> FailureClass.PERMANENT;
        };
    }

    /**
     * What to throw once trying again is over.
     *
     * @param connected whether there was a connection, so that a statement failed
     */
    static RuntimeException of(SQLException error, WriteTarget target, boolean connected) {
        VeloException failure =
                connected
                        ? statement(error, target)
                        : ConnectFailure.describe(error, target.settings());
        return Fault.of(error) == Fault.ROW ? failure : PermanentFailure.of(failure, error);
    }

    private static VeloException statement(SQLException error, WriteTarget target) {
        String table = "writing into table " + target.table();
        String state = String.valueOf(error.getSQLState());
        if (Fault.of(error) == Fault.ROW) {
            return row(error, target);
        }
        return switch (state) {
            case "42501" ->
                    Problem.of(
                                    ErrorCode.IO_PRIVILEGE,
                                    "The login '"
                                            + target.settings().shownUser()
                                            + "' lacks a privilege for "
                                            + table
                                            + ": "
                                            + ServerText.of(error))
                            .at(target.settings().place())
                            .remedy(
                                    "Grant INSERT; with a primary key also SELECT, UPDATE and"
                                            + " DELETE, and TEMPORARY on the database.")
                            .toException(error);
            case "42P10" ->
                    Problem.of(
                                    ErrorCode.CAPABILITY_COMBINATION,
                                    "Table "
                                            + target.table()
                                            + " has no unique index on the columns of the primary"
                                            + " key that is declared in Flink.")
                            .at(target.settings().place())
                            .remedy(
                                    "Create it in PostgreSQL (of a partitioned table it holds the"
                                            + " partition key too), or declare the key that is"
                                            + " there.")
                            .toException(error);
            default -> StatementFailure.describe(error, target.settings(), table);
        };
    }

    /** A row that the server rejects. */
    static VeloException row(SQLException error, WriteTarget target) {
        String text = ServerText.of(error);
        // Behind the colon the server repeats the value.
        int value = text.indexOf(": \"");
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "PostgreSQL rejects a row of table "
                                + target.table()
                                + ": "
                                + (value < 0 ? text : text.substring(0, value) + ".")
                                + " (SQLSTATE "
                                + error.getSQLState()
                                + ")")
                .at(target.settings().place())
                .remedy(
                        "Correct the data or the table, or set 'failure.strategy' to send-to-dlq or"
                                + " log-and-continue.")
                .toException(error);
    }
}
