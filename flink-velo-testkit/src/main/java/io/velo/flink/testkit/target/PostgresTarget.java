// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import io.velo.flink.testkit.contract.SinkTarget;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Version;
import io.velo.flink.testkit.oracle.Workload;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.Server;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** A table of PostgreSQL: by its primary key, or without one for rows that are only added. */
public final class PostgresTarget implements SinkTarget {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final PostgresServer server =
            PostgresServer.createWith(Map.of("max_prepared_transactions", "50"));
    private final Workload.Shape shape;
    private final Verdict.Promise promise;
    private final String parameters;

    private PostgresTarget(Workload.Shape shape, Verdict.Promise promise, String parameters) {
        this.shape = shape;
        this.promise = promise;
        this.parameters = parameters;
    }

    /** Rows by key. */
    public static PostgresTarget keyed() {
        return new PostgresTarget(Workload.Shape.KEYED, Verdict.Promise.EXACT, "");
    }

    /**
     * Rows that are only added.
     *
     * @param promise what the sink promises with these parameters
     * @param parameters of the URI, each with {@code &} before it
     */
    public static PostgresTarget appended(Verdict.Promise promise, String parameters) {
        return new PostgresTarget(Workload.Shape.APPENDS, promise, parameters);
    }

    /** Rows that are only added, each exactly once; they wait in a table for their checkpoint. */
    public static PostgresTarget staged() {
        return appended(Verdict.Promise.EXACT, "&sink.delivery_guarantee=exactly_once");
    }

    /** The same, waiting in prepared transactions. */
    public static PostgresTarget prepared() {
        return appended(
                Verdict.Promise.EXACT,
                "&sink.delivery_guarantee=exactly_once&sink.commit_method=prepared");
    }

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public Workload.Shape shape() {
        return shape;
    }

    @Override
    public Verdict.Promise promise() {
        return promise;
    }

    @Override
    public void prepare(String table) throws SQLException {
        String key = shape == Workload.Shape.KEYED ? " PRIMARY KEY" : "";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE "
                            + table
                            + " (id int8"
                            + key
                            + ", writer int4, seq int8, payload text, balance int8)");
        }
    }

    @Override
    public Map<String, String> options(int port, String table) {
        return Map.of(
                "uri",
                "postgresql://127.0.0.1:"
                        + port
                        + "/"
                        + server.database()
                        + "?table="
                        + table
                        + "&batch_timeout=200ms"
                        + parameters,
                "username",
                server.username(),
                "password",
                server.password());
    }

    @Override
    public List<Version> read(String table) throws SQLException {
        List<Version> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT id, writer, seq, payload, balance FROM " + table)) {
            while (result.next()) {
                rows.add(
                        new Version(
                                result.getLong(1),
                                result.getInt(2),
                                result.getLong(3),
                                result.getString(4),
                                result.getLong(5)));
            }
        }
        return rows;
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        return new Driver().connect(server.jdbcUrl(server.database()), login);
    }

    @Override
    public Duration requestTimeout() {
        return REQUEST_TIMEOUT;
    }
}
