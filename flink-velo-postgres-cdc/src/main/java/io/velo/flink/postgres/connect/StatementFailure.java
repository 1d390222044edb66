// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;

/** Says in one sentence why a statement failed. Stateless, therefore thread-safe. */
public final class StatementFailure {

    private StatementFailure() {}

    /**
     * The failure of a statement on an open connection.
     *
     * @param work what was being done, such as "reading table public.orders"
     */
    public static VeloException describe(
            SQLException error, ConnectSettings settings, String work) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String text = ServerText.of(error);
        Problem problem =
                switch (state) {
                    case "42501" ->
                            Problem.of(
                                            ErrorCode.IO_PRIVILEGE,
                                            "The login '"
                                                    + settings.shownUser()
                                                    + "' lacks a privilege for "
                                                    + work
                                                    + ": "
                                                    + text)
                                    .remedy(
                                            "Let the owner run GRANT USAGE ON SCHEMA … and GRANT"
                                                    + " SELECT ON TABLE … for this login.");
                    case "42P01", "3F000" ->
                            Problem.of(
                                            ErrorCode.SCHEMA_NO_TABLE,
                                            "There is no such table any more when " + work + ".")
                                    .remedy("Was it dropped or renamed?");
                    case "42703" ->
                            Problem.of(
                                            ErrorCode.SCHEMA_COLUMN,
                                            "A column is missing when " + work + ": " + text)
                                    .remedy("Was it dropped or renamed? Plan the query again.");
                    case "57014" ->
                            Problem.of(
                                            ErrorCode.IO_TIMEOUT,
                                            "PostgreSQL cancelled " + work + ": " + text)
                                    .remedy("Was it cancelled by an administrator?");
                    default -> other(error, state, text, work);
                };
        return problem.at(settings.place()).toException(error);
    }

    private static boolean isSilence(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static Problem other(SQLException error, String state, String text, String work) {
        if (isSilence(error)) {
            return Problem.of(
                            ErrorCode.IO_TIMEOUT,
                            "PostgreSQL gave no answer in time when " + work + ".")
                    .remedy("Is the server overloaded, or does a lookup key have no index?");
        }
        if (Fault.of(error) == Fault.RECONNECT) {
            return Problem.of(
                            ErrorCode.IO_UNREACHABLE,
                            "The connection to PostgreSQL broke when " + work + ": " + text)
                    .remedy("Is the server up, and does nothing between cut the connection?");
        }
        return Problem.of(
                        ErrorCode.IO_SERVER,
                        "PostgreSQL answers with an error when " + work + ": " + text)
                .remedy("The error has SQLSTATE " + state + ".");
    }
}
