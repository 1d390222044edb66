// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SslMode;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.Driver;

/** A new database on a real server, dropped when closed. */
public final class TestDatabase implements AutoCloseable {

    private static final String IN_USE = "55006";

    private final PostgresServer server;
    private final ConnectSettings settings;

    private TestDatabase(PostgresServer server, String name) {
        this.server = server;
        this.settings = settings(server, name);
    }

    /** A database of its own on the server that all tests share. */
    public static TestDatabase create() {
        return create(RequiredServer.postgres());
    }

    /** A database of its own on this running server. */
    public static TestDatabase create(PostgresServer server) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        TestDatabase database = new TestDatabase(server, name);
        execute(server, server.database(), "CREATE DATABASE " + name);
        return database;
    }

    /** A database that is there, and dropped when closed. */
    public static TestDatabase on(PostgresServer server, String name) {
        return new TestDatabase(server, name);
    }

    private static ConnectSettings settings(PostgresServer server, String database) {
        return new ConnectSettings(
                List.of(server.host() + ":" + server.port()),
                Identifier.of(database),
                new Credentials(server.username(), Secret.of(server.password())),
                SslMode.PREFER,
                "");
    }

    /** Where the database is. */
    public ConnectSettings settings() {
        return settings;
    }

    /** The database behind another port of this machine, such as that of a proxy. */
    public ConnectSettings settingsBehind(int port) {
        return new ConnectSettings(
                List.of(server.host() + ":" + port),
                settings.database(),
                settings.credentials(),
                settings.sslMode(),
                "");
    }

    /** The server that holds the database. */
    public PostgresServer server() {
        return server;
    }

    /** The URI of a table, with the login inside. */
    public String uri(String parameters) {
        return server.uri(settings.database().name(), parameters);
    }

    /** A connection as the connector itself makes it. */
    public PostgresSession session() {
        return PostgresSession.open(settings, SessionPurpose.DISCOVERY);
    }

    /** Runs statements. */
    public void execute(String sql) {
        execute(server, settings.database().name(), sql);
    }

    /** A connection of the driver, with the server's settings. */
    public Connection connection() throws SQLException {
        return connection(server, settings.database().name());
    }

    private static Connection connection(PostgresServer server, String database)
            throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        return new Driver().connect(server.jdbcUrl(database), login);
    }

    private static void execute(PostgresServer server, String database, String sql) {
        try (Connection connection = connection(server, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of a query's result as texts. */
    public List<String> query(String sql) {
        try (PostgresSession session = session();
                Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** A reader of a slot whose connection was cut ends a moment later. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!isDropped(System.nanoTime() > deadline)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean isDropped(boolean isLastAttempt) {
        try {
            execute(
                    server,
                    server.database(),
                    "DROP DATABASE " + settings.database() + " WITH (FORCE)");
            return true;
        } catch (IllegalStateException e) {
            if (!isLastAttempt
                    && e.getCause() instanceof SQLException reason
                    && IN_USE.equals(reason.getSQLState())) {
                rollBackPrepared();
                return false;
            }
            throw e;
        }
    }

    /** What a test that failed has left: the slots of all that follow would wait for its end. */
    private void rollBackPrepared() {
        try {
            query("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")
                    .forEach(gid -> execute("ROLLBACK PREPARED " + Quoting.literal(gid)));
        } catch (IllegalStateException e) {
            // It has ended meanwhile, or the next attempt meets it again.
        }
    }
}
