// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;

/** The sentences for what a Redis server or the way to it refuses. Stateless. */
final class RedisProblems {

    private static final int LONGEST_SERVER_TEXT = 200;

    private RedisProblems() {}

    /** An error reply, as an exception. Keys are data and are not printed. */
    static VeloException reply(RedisEndpoint endpoint, JedisDataException error) {
        String server = "Redis server " + endpoint.address();
        Problem problem =
                switch (ReplyFault.of(error)) {
                    case CREDENTIALS -> credentials(endpoint, server);
                    case PRIVILEGE ->
                            Problem.of(
                                            ErrorCode.IO_PRIVILEGE,
                                            server + " forbids a command: " + text(error))
                                    .remedy(
                                            "Let an administrator extend the user's rules with ACL"
                                                    + " SETUSER, for the command and for the keys"
                                                    + " of this table.");
                    case WRONG_TYPE ->
                            Problem.of(
                                            ErrorCode.SCHEMA_TYPE,
                                            "A key of this table holds another type of value than"
                                                    + " option 'type' says.")
                                    .remedy(
                                            "Set 'type' to what the keys hold, or choose a"
                                                    + " 'key-pattern' that no other data uses.");
                    case CLUSTER ->
                            Problem.of(
                                            ErrorCode.OPTION_NOT_BUILT,
                                            server
                                                    + " is a member of a Redis Cluster, which this"
                                                    + " version of Velo cannot use yet.")
                                    .remedy("Use a server that is not in cluster mode.");
                    case UNKNOWN_COMMAND ->
                            Problem.of(
                                            ErrorCode.IO_SERVER,
                                            server + " does not know a command: " + text(error))
                                    .remedy(
                                            "Use Redis 4.0 or newer, or have the command enabled"
                                                    + " again if it was renamed.");
                    case NO_DATABASE ->
                            Problem.of(
                                            ErrorCode.SCHEMA_NO_TABLE,
                                            server
                                                    + " has no database "
                                                    + endpoint.database()
                                                    + ".")
                                    .remedy(
                                            "Use a smaller number in the URI, or raise 'databases'"
                                                    + " in the server's configuration.");
                    case TRANSIENT, STALE_CONNECTION, OTHER ->
                            Problem.of(
                                    ErrorCode.IO_SERVER,
                                    server + " answered with an error: " + text(error));
                };
        return problem.at(endpoint.shown()).toException();
    }

    /** The way to the server is closed, after a number of attempts. */
    static VeloException unreachable(
            RedisEndpoint endpoint, RuntimeException reason, int attempts, Duration spent) {
        String tried =
                attempts < 2 ? "" : " (" + attempts + " attempts in " + spent.toSeconds() + " s)";
        String server = "Redis server " + endpoint.address();
        Problem problem;
        if (has(reason, UnknownHostException.class)) {
            problem =
                    Problem.of(
                                    ErrorCode.IO_UNREACHABLE,
                                    "No address is known for host '"
                                            + endpoint.host()
                                            + "'"
                                            + tried
                                            + ".")
                            .remedy("Check the host name in the URI and the name service.");
        } else if (has(reason, ConnectException.class)) {
            problem =
                    Problem.of(
                                    ErrorCode.IO_UNREACHABLE,
                                    server + " refused the connection" + tried + ".")
                            .remedy(
                                    "Is the server running, and does it listen on that address and"
                                            + " port?");
        } else if (has(reason, SSLException.class)) {
            problem =
                    Problem.of(
                                    ErrorCode.IO_UNREACHABLE,
                                    "The encrypted connection to "
                                            + server
                                            + " failed"
                                            + tried
                                            + ".")
                            .remedy(
                                    "Does that port speak TLS, and is the server's certificate"
                                            + " valid for the host name and trusted by the JVM"
                                            + " (javax.net.ssl.trustStore)?");
        } else if (has(reason, SocketTimeoutException.class)) {
            problem =
                    Problem.of(
                                    ErrorCode.IO_TIMEOUT,
                                    server + " did not answer in time" + tried + ".")
                            .remedy(
                                    "Is a firewall in between, or is the server busy with a slow"
                                            + " command (SLOWLOG GET)?");
        } else {
            problem =
                    Problem.of(
                                    ErrorCode.IO_UNREACHABLE,
                                    "The connection to " + server + " was lost" + tried + ".")
                            .remedy("Is the server running? Its log says why it closed it.");
        }
        return problem.at(endpoint.shown()).toException(reason);
    }

    /** A value that does not fit its column. */
    static VeloException value(String table, String column, String type, Throwable reason) {
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "A value of column '" + column + "' in Redis is not a valid " + type + ".")
                .at(table)
                .remedy(
                        "Declare the column with the type of the stored values, such as STRING, or"
                                + " correct the data.")
                .toException(reason);
    }

    private static Problem credentials(RedisEndpoint endpoint, String server) {
        return endpoint.credentials().isEmpty()
                ? Problem.of(ErrorCode.IO_AUTHENTICATION, server + " wants a password.")
                        .remedy("Give 'password', and 'username' if the server has ACL users.")
                : Problem.of(
                                ErrorCode.IO_AUTHENTICATION,
                                server + " refuses the user name or the password.")
                        .remedy(
                                "Check 'username' and 'password'; a server without ACL users takes"
                                        + " a password only.");
    }

    /** The server's words without the arguments it may repeat, which are data. */
    private static String text(JedisDataException error) {
        String text = String.valueOf(error.getMessage());
        int arguments = text.indexOf(", with args");
        if (arguments > 0) {
            text = text.substring(0, arguments);
        }
        if (text.length() > LONGEST_SERVER_TEXT) {
            text = text.substring(0, LONGEST_SERVER_TEXT) + "…";
        }
        return text.endsWith(".") ? text : text + ".";
    }

    /** The client hides the network's exception as a cause or as a suppressed one. */
    private static boolean has(Throwable error, Class<? extends Exception> type) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
            for (Throwable hidden : at.getSuppressed()) {
                if (has(hidden, type)) {
                    return true;
                }
            }
        }
        return false;
    }
}
