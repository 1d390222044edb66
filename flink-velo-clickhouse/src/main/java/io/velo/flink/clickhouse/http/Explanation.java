// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Turns what went wrong with a server into the sentence for the user. */
public final class Explanation {

    private Explanation() {}

    /** The cause without the wrappers of futures. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause instanceof UncheckedIOException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * What a failure means: the server's word counts; a connection that breaks or stays silent
     * passes by itself, a certificate does not.
     */
    public static FailureClass classify(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof VeloException told && told.reason().isPresent()) {
            cause = unwrap(told.reason().get());
        }
        if (cause instanceof ServerFailure server) {
            return server.failureClass();
        }
        boolean passes =
                cause instanceof IOException
                        && !(cause instanceof SSLException)
                        && !(cause instanceof InterruptedIOException);
        return passes ? FailureClass.TRANSIENT : FailureClass.PERMANENT;
    }

    /**
     * The exception to show.
     *
     * @param what what was tried, such as "The insert into shop.events"
     * @param host the {@code host:port} that was asked
     * @param place the redacted URI
     */
    public static VeloException of(Throwable failure, String what, String host, String place) {
        Throwable cause = unwrap(failure);
        if (cause instanceof VeloException known) {
            return known;
        }
        Problem problem =
                cause instanceof ServerFailure server
                        ? server(server, what)
                        : endpoint(cause, what, host);
        return problem.at(place).toException(cause);
    }

    private static Problem server(ServerFailure failure, String what) {
        return switch (failure.code()) {
            case ServerFailure.AUTHENTICATION_FAILED, 192, 193, 194 ->
                    Problem.of(
                                    ErrorCode.IO_AUTHENTICATION,
                                    "ClickHouse refuses the login: wrong user name or password.")
                            .remedy(
                                    "Check 'username' and 'password'; best give the password as"
                                            + " ${env:VELO_…}.");
            case ServerFailure.ACCESS_DENIED ->
                    Problem.of(
                                    ErrorCode.IO_PRIVILEGE,
                                    what + " is not permitted: " + failure.getMessage())
                            .remedy("Grant the privilege to this user, or use another login.");
            case ServerFailure.UNKNOWN_TABLE ->
                    Problem.of(ErrorCode.SCHEMA_NO_TABLE, what + " failed: the table is missing.")
                            .remedy("Check 'table', or use auto_create=true.");
            case ServerFailure.UNKNOWN_DATABASE ->
                    Problem.of(ErrorCode.SCHEMA_NO_TABLE, what + " failed: " + failure.getMessage())
                            .remedy("Check the database in the path of the URI.");
            default -> other(failure, what);
        };
    }

    private static Problem other(ServerFailure failure, String what) {
        if (failure.tooManyPartitions()) {
            return Problem.of(
                            ErrorCode.IO_SERVER,
                            what
                                    + " failed: one block has rows of more partitions than the server"
                                    + " takes at once.")
                    .remedy(
                            "Give each subtask few partitions by shuffle=partition, lower batch-size,"
                                    + " partition the table more coarsely, or raise"
                                    + " setting.max_partitions_per_insert_block.");
        }
        if (failure.wrongServer()) {
            return Problem.of(
                            ErrorCode.IO_SERVER,
                            what
                                    + " failed: the address leads to another server, or the table"
                                    + " is another one, than when the writer looked for the shard."
                                    + " Nothing was written there.")
                    .remedy(
                            "A job that starts again looks anew. If the name of a shard's host"
                                    + " leads to several servers, write with write_mode=server.");
        }
        String said =
                failure.code() == 0
                        ? "HTTP status " + failure.status()
                        : "code " + failure.code() + ", " + failure.getMessage();
        return Problem.of(ErrorCode.IO_SERVER, what + " failed: the server says " + said)
                .remedy(
                        failure.failureClass().mostAttempts() > 1
                                ? "The server is overloaded or not ready: try again later."
                                : "Correct what the server names.");
    }

    private static Problem endpoint(Throwable cause, String what, String host) {
        if (cause instanceof HttpTimeoutException
                && !(cause instanceof HttpConnectTimeoutException)) {
            return Problem.of(
                            ErrorCode.IO_TIMEOUT,
                            what + " failed: ClickHouse at " + host + " did not answer in time.")
                    .remedy(
                            "Raise socket-timeout or insert-timeout, or look at the server's load.");
        }
        if (cause instanceof SSLException) {
            return Problem.of(
                            ErrorCode.IO_UNREACHABLE,
                            "TLS with " + host + " failed: " + cause.getMessage() + ".")
                    .remedy("Check the certificate, and whether this is the HTTPS port.");
        }
        if (cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException) {
            return unreachable(cause, host);
        }
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        what + " failed: the connection to " + host + " broke.")
                .remedy("Is the server up, and is this its HTTP port? Then try again.");
    }

    private static Problem unreachable(Throwable cause, String host) {
        boolean unknown =
                cause instanceof UnknownHostException
                        || cause instanceof UnresolvedAddressException
                        || cause.getCause() instanceof UnresolvedAddressException;
        String sentence =
                unknown
                        ? "No address is known for ClickHouse host " + host + "."
                        : cause instanceof HttpConnectTimeoutException
                                ? "ClickHouse at " + host + " does not answer connections."
                                : "ClickHouse at " + host + " refused the connection.";
        return Problem.of(ErrorCode.IO_UNREACHABLE, sentence)
                .remedy(
                        "Is the server up, and does it listen there? Velo uses the HTTP port: 8123,"
                                + " or 8443 with TLS.");
    }
}
