// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.secret.References;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * One connection to PostgreSQL whose settings are the same everywhere: text in UTF-8, times in UTC,
 * dates and intervals in ISO form. The only place where a password is revealed.
 *
 * <p>Not thread-safe, except {@link #abort()}.
 */
public final class PostgresSession implements AutoCloseable {

    /** Text forms must not depend on server, role or database settings. */
    private static final String SETTINGS =
            "SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'UTC';"
                    + " SET bytea_output = 'hex'; SET extra_float_digits = 3;"
                    + " SET xmloption = 'content'; SET standard_conforming_strings = on;"
                    + " SET statement_timeout = 0;";

    /** Nothing is written. */
    private static final String READ_ONLY =
            " SET idle_in_transaction_session_timeout = 0;"
                    + " SET default_transaction_read_only = on";

    /** The server gives up on a writer that vanished, so that its locks go within a minute. */
    private static final String READ_WRITE =
            " SET idle_in_transaction_session_timeout = '60s';"
                    + " SET default_transaction_read_only = off;"
                    + " SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
                    + " SET tcp_keepalives_count = 3";

    private final Connection connection;
    private final ConnectSettings settings;
    private final String host;

    private PostgresSession(Connection connection, ConnectSettings settings, String host) {
        this.connection = connection;
        this.settings = settings;
        this.host = host;
    }

    /**
     * Opens a connection to the first server that answers.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-001} if no server can be
     *     reached, {@code VELO-IO-002} if the login is refused, {@code VELO-SCH-004} if there is no
     *     such database
     */
    public static PostgresSession open(ConnectSettings settings, SessionPurpose purpose) {
        try {
            return tryOpen(settings, purpose);
        } catch (SQLException e) {
            throw ConnectFailure.describe(e, settings);
        }
    }

    /**
     * Opens a connection to the first server that answers; for callers that try again.
     *
     * @throws SQLException what the last server tried had to say, see {@link Fault}
     */
    public static PostgresSession tryOpen(ConnectSettings settings, SessionPurpose purpose)
            throws SQLException {
        requireReadableCertificate(settings);
        Properties properties = properties(settings, purpose);
        TargetServer target = purpose.isForPrimary() ? TargetServer.PRIMARY : settings.target();
        SQLException last = null;
        for (String wanted : target.rounds()) {
            PGProperty.TARGET_SERVER_TYPE.set(properties, wanted);
            for (String host : settings.hosts()) {
                try {
                    return open(host, settings, purpose, properties);
                } catch (SQLException e) {
                    if (Fault.of(e) != Fault.RECONNECT) {
                        throw e;
                    }
                    if (last != null) {
                        e.addSuppressed(last);
                    }
                    last = e;
                }
            }
        }
        throw last;
    }

    private static PostgresSession open(
            String host, ConnectSettings settings, SessionPurpose purpose, Properties properties)
            throws SQLException {
        String database =
                URLEncoder.encode(settings.database().name(), StandardCharsets.UTF_8)
                        .replace("+", "%20");
        Connection connection =
                new Driver().connect("jdbc:postgresql://" + host + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("The address " + host + " is not valid.", "08001");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS + (purpose.isWriting() ? READ_WRITE : READ_ONLY));
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw e;
        }
        return new PostgresSession(connection, settings, host);
    }

    private static Properties properties(ConnectSettings settings, SessionPurpose purpose) {
        Properties properties = new Properties();
        String user = References.resolve(settings.credentials().user());
        if (!user.isEmpty()) {
            PGProperty.USER.set(properties, user);
        }
        // Set even if it is empty: otherwise the driver searches the home folder for a password.
        PGProperty.PASSWORD.set(properties, settings.credentials().password().reveal());
        PGProperty.SSL_MODE.set(properties, settings.sslMode().word());
        if (!settings.sslRootCertificate().isEmpty()) {
            PGProperty.SSL_ROOT_CERT.set(properties, settings.sslRootCertificate());
        }
        PGProperty.APPLICATION_NAME.set(properties, "velo");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "12");
        int connectSeconds = purpose.connectSeconds(settings.hosts().size());
        PGProperty.CONNECT_TIMEOUT.set(properties, connectSeconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, connectSeconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) purpose.answer().toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // Prepared statements are prepared at once and answer in binary form.
        PGProperty.PREPARE_THRESHOLD.set(properties, -1);
        if (purpose == SessionPurpose.REPLICATION) {
            PGProperty.REPLICATION.set(properties, "database");
            PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        }
        // A standby can become the primary at any time.
        PGProperty.HOST_RECHECK_SECONDS.set(properties, 0);
        return properties;
    }

    private static void requireReadableCertificate(ConnectSettings settings) {
        String file = settings.sslRootCertificate();
        if (!file.isEmpty() && !isReadable(file)) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "The file of sslrootcert, '" + file + "', cannot be read.")
                    .at(settings.place())
                    .remedy("It must exist on the client and on every Flink process.")
                    .toException();
        }
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isReadable(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The connection, for statements. Closing it is this object's business. */
    public Connection connection() {
        return connection;
    }

    /** The first column of a query's result, which holds texts, in the order of the result. */
    public List<String> texts(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    /** The driver's own view of the connection, for COPY. */
    public PGConnection driver() {
        try {
            return connection.unwrap(PGConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException("The driver is not PostgreSQL's.", e);
        }
    }

    /** The server that answered, with its port. */
    public String host() {
        return host;
    }

    /** Where this connection goes. */
    public ConnectSettings settings() {
        return settings;
    }

    /** Cuts the connection at once, so that a thread that waits for an answer gets an error. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }

    /** Ends the session; an error on the way out is of no interest to anybody. */
    @Override
    public void close() {
        closeQuietly(connection, new SQLException());
    }

    private static void closeQuietly(Connection connection, SQLException reason) {
        try {
            connection.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
