// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.postgres.sql.Identifier;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Says in one sentence why no connection came about. Stateless, therefore thread-safe. */
public final class ConnectFailure {

    /** Stands in the driver's message, whatever its language: no server is of the asked kind. */
    private static final String WRONG_KIND = "targetServerType";

    private ConnectFailure() {}

    /** The failure to open a connection. */
    public static VeloException describe(SQLException error, ConnectSettings settings) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        Problem problem;
        if (state.startsWith("28") || asksForPassword(state, settings)) {
            problem = login(error, settings);
        } else if (state.equals("3D000")) {
            problem = database(settings);
        } else if (Fault.isCertificateFault(error)) {
            problem = certificate(settings);
        } else if (state.equals("53300")) {
            problem =
                    Problem.of(
                                    ErrorCode.IO_SERVER,
                                    "PostgreSQL has no free connection: " + ServerText.of(error))
                            .remedy("Raise max_connections, or close sessions that idle.");
        } else if (state.startsWith("08") || state.startsWith("57P")) {
            problem = unreachable(error, settings);
        } else {
            problem =
                    Problem.of(
                                    ErrorCode.IO_SERVER,
                                    "PostgreSQL refused the connection: " + ServerText.of(error))
                            .remedy("SQLSTATE " + state + " of the PostgreSQL manual.");
        }
        return problem.at(settings.place()).toException(error);
    }

    /** The driver notices itself that it has no password to send. */
    private static boolean asksForPassword(String state, ConnectSettings settings) {
        return state.equals("08004") && !settings.credentials().hasPassword();
    }

    private static Problem login(SQLException error, ConnectSettings settings) {
        return Problem.of(
                        ErrorCode.IO_AUTHENTICATION,
                        "PostgreSQL refuses the login of user '"
                                + settings.shownUser()
                                + "': "
                                + ServerText.of(error))
                .remedy(
                        settings.credentials().hasPassword()
                                ? "Check username and password, and the pg_hba.conf of the server."
                                : "Give 'username' and 'password', best as ${env:VELO_…}.");
    }

    private static Problem certificate(ConnectSettings settings) {
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "The TLS certificate of PostgreSQL is not accepted under sslmode="
                                + settings.sslMode().word()
                                + ".")
                .remedy("Give the authority's certificate as sslrootcert; check the host name.");
    }

    private static Problem unreachable(SQLException error, ConnectSettings settings) {
        String remedy = "Is the server running, and does it listen on this address and port?";
        String reason = ServerText.of(error);
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                reason = "the host name is not known.";
                remedy = "Check the host in the URI and the name service of this machine.";
            } else if (cause instanceof ConnectException) {
                reason = "the connection is refused.";
            } else if (cause instanceof SocketTimeoutException) {
                reason = "there is no answer in time.";
                remedy = "Check address, port and firewalls.";
            }
        }
        String servers = String.join(", ", settings.hosts());
        if (String.valueOf(error.getMessage()).contains(WRONG_KIND)) {
            return Problem.of(
                            ErrorCode.IO_UNREACHABLE,
                            "PostgreSQL at "
                                    + servers
                                    + " answers, but not as the kind of server that is wanted: a"
                                    + " primary writes and gives changes, a standby does not.")
                    .remedy("Name the primary among the hosts of the URI.");
        }
        String last = settings.hosts().size() > 1 ? "last one: " : "";
        return Problem.of(
                        ErrorCode.IO_UNREACHABLE,
                        "PostgreSQL at " + servers + " cannot be reached: " + last + reason)
                .remedy(remedy);
    }

    private static Problem database(ConnectSettings settings) {
        List<String> databases = databases(settings);
        String wanted = settings.database().name();
        String question = NearestMatch.question(wanted, databases);
        return Problem.of(
                        ErrorCode.SCHEMA_NO_TABLE,
                        "PostgreSQL has no database '" + wanted + "'." + question)
                .remedy(
                        databases.isEmpty()
                                ? "The path of the URI is the database: postgresql://host/database."
                                : "There are: "
                                        + databases.stream()
                                                .limit(20)
                                                .collect(Collectors.joining(", "))
                                        + ".");
    }

    /** The databases of the server, if the login may ask: nothing to be sure of. */
    private static List<String> databases(ConnectSettings settings) {
        ConnectSettings maintenance = settings.withDatabase(Identifier.of("postgres"));
        if (maintenance.equals(settings)) {
            return List.of();
        }
        try (PostgresSession session =
                PostgresSession.tryOpen(maintenance, SessionPurpose.DISCOVERY)) {
            return Databases.of(session);
        } catch (SQLException | VeloException ignored) {
            return List.of();
        }
    }
}
