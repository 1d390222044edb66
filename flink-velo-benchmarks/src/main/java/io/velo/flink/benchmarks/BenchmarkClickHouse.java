// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.target.ClickHouseQueries;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A ClickHouse server of a benchmark, with tables of the columns of {@link ClickHouseRows}. */
final class BenchmarkClickHouse implements AutoCloseable {

    private static final String ROWS =
            "SELECT number AS id, rand(1) % 1000, concat('customer ', toString(rand(2) % 100000)),"
                    + " toDecimal64(rand(3) % 10000000, 2) / 100, rand(4) / 4294967295,"
                    + " toDateTime64('2023-11-14 22:13:20', 3, 'UTC') + number % 100000,"
                    + " toDate(19000 + number % 1000), number % 2 = 0,"
                    + " number % 3 = 0 ? NULL : concat('order ', toString(number), ' of ',"
                    + " toString(rand(5)))";

    private final ClickHouseServer server;

    private BenchmarkClickHouse(ClickHouseServer server) {
        this.server = server;
    }

    /** A server of its own, which runs. */
    static BenchmarkClickHouse start() throws Exception {
        ClickHouseServer server = ClickHouseServer.create();
        try {
            server.start();
            return new BenchmarkClickHouse(server);
        } catch (Exception failure) {
            server.close();
            throw failure;
        }
    }

    /** Makes a table with this many rows, whose ids are the numbers from 0, in one part. */
    void fill(String table, long rows) throws Exception {
        ClickHouseQueries queries = new ClickHouseQueries(server);
        queries.say(
                "CREATE TABLE "
                        + table
                        + " ("
                        + ClickHouseRows.COLUMNS
                        + ") ENGINE = MergeTree ORDER BY id");
        queries.say("INSERT INTO " + table + " " + ROWS + " FROM numbers(" + rows + ")");
        queries.say("OPTIMIZE TABLE " + table + " FINAL");
    }

    /** What stands between the brackets of WITH for Velo. */
    String veloOptions(String table, String parameters) {
        return "'connector'='velo','uri'='clickhouse://127.0.0.1:"
                + server.port()
                + "/default?table="
                + table
                + parameters
                + "','username'='"
                + server.username()
                + "','password'='"
                + server.password()
                + "'";
    }

    /** A query over HTTP, as a plain client asks it. */
    HttpRequest query(String sql) {
        return HttpRequest.newBuilder(
                        URI.create(
                                server.httpUrl()
                                        + "/?query="
                                        + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
                .header("X-ClickHouse-User", server.username())
                .header("X-ClickHouse-Key", server.password())
                .GET()
                .build();
    }

    /** A connection of clickhouse-jdbc with its own defaults. */
    Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        return DriverManager.getConnection(
                "jdbc:clickhouse:" + server.httpUrl() + "/default", login);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
