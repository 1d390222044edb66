// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import io.velo.flink.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGProperty;

/**
 * A PostgreSQL server of the benchmark's own, large enough in memory to hold its tables, and the
 * client programs that show how fast the server can be. Closing it ends it.
 */
final class BenchmarkDatabase implements AutoCloseable {

    /** The table whose rows all benchmarks of PostgreSQL read: ten columns, about 200 bytes. */
    static final String TABLE =
            "CREATE TABLE %s (id int8 PRIMARY KEY, n int4, name text, amount numeric(12,2),"
                    + " ratio float8, at timestamptz, day timestamp, flag bool, code uuid,"
                    + " note text)";

    /** One row of it for the number {@code i}. */
    static final String ROW =
            "i, (i %% 1000)::int4, 'name ' || i, (i %% 100000) / 100.0, i / 3.0,"
                    + " '2024-01-01 00:00+00'::timestamptz + i * interval '1 second',"
                    + " '2024-01-01'::timestamp + i * interval '1 minute', i %% 2 = 0,"
                    + " md5(i::text)::uuid, rpad(md5(i::text), 80, 'x')";

    private final PostgresServer server =
            PostgresServer.createWith(Map.of("max_replication_slots", "40"));

    private BenchmarkDatabase() {}

    static BenchmarkDatabase start() throws SQLException {
        BenchmarkDatabase database = new BenchmarkDatabase();
        database.server.start();
        database.execute("ALTER SYSTEM SET shared_buffers = '2GB'");
        database.execute("ALTER SYSTEM SET max_wal_size = '8GB'");
        database.server.restart();
        return database;
    }

    PostgresServer server() {
        return server;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes a table with so many rows, as a server keeps one that was there long ago. */
    void fill(String table, long rows) throws SQLException {
        execute(TABLE.formatted(table));
        execute(
                ("INSERT INTO %s SELECT " + ROW + " FROM generate_series(1, %d) i")
                        .formatted(table, rows));
        execute("VACUUM (FREEZE, ANALYZE) " + table);
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl(server.database()), server.username(), server.password());
    }

    /** A connection that can read slots. */
    Connection connectForReplication() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, server.username());
        PGProperty.PASSWORD.set(properties, server.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return DriverManager.getConnection(server.jdbcUrl(server.database()), properties);
    }

    /** The URI of a table that is captured. */
    String uri(String table, String parameters) {
        return uri(table) + "&cdc=true&" + parameters;
    }

    /** The URI of a table. */
    String uri(String table) {
        return server.uri(server.database(), "table=" + table);
    }

    /** The options of Flink's JDBC connector for a table. */
    String jdbcOptions(String table) {
        return "'connector'='jdbc', 'url'='"
                + server.jdbcUrl(server.database())
                + "', 'table-name'='"
                + table
                + "', 'username'='"
                + server.username()
                + "', 'password'='"
                + server.password()
                + "'";
    }

    /** How long psql takes to drain these COPY statements, each on a connection of its own. */
    Duration drain(List<String> copies) throws IOException, InterruptedException {
        List<List<String>> programs = new ArrayList<>();
        for (String copy : copies) {
            programs.add(client("psql", "-X", "-q", "-c", copy));
        }
        return run(programs);
    }

    /** How long pg_recvlogical takes to drain a slot up to a place in the log. */
    Duration receive(String slot, String publication, String end, boolean binary)
            throws IOException, InterruptedException {
        return run(
                List.of(
                        client(
                                "pg_recvlogical",
                                "--start",
                                "--no-loop",
                                "-S",
                                slot,
                                "-o",
                                "proto_version=1",
                                "-o",
                                "publication_names=" + publication,
                                "-o",
                                "binary=" + binary,
                                "--endpos",
                                end,
                                "--fsync-interval=0",
                                "-f",
                                "/dev/null")));
    }

    /** Writes the rows of a query into a file, in the binary form of COPY. */
    void dump(String query, Path file) throws IOException, InterruptedException {
        psql("COPY (" + query + ") TO STDOUT (FORMAT binary)", null, file);
    }

    /** How long psql takes for these statements, one of which copies from the file. */
    Duration load(Path file, String... statements) throws IOException, InterruptedException {
        long start = System.nanoTime();
        psql(String.join("; ", statements), file, null);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void psql(String statements, Path input, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(client("psql", "-X", "-q", "-c", statements))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(
                                output == null
                                        ? ProcessBuilder.Redirect.DISCARD
                                        : ProcessBuilder.Redirect.to(output.toFile()));
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        builder.environment().put("PGPASSWORD", server.password());
        Process process = start(builder);
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("psql failed.");
        }
    }

    private List<String> client(String program, String... arguments) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                program,
                                "-h",
                                server.host(),
                                "-p",
                                Integer.toString(server.port()),
                                "-U",
                                server.username(),
                                "-d",
                                server.database()));
        words.addAll(List.of(arguments));
        return words;
    }

    private Duration run(List<List<String>> programs) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Process> processes = new ArrayList<>();
        for (List<String> words : programs) {
            ProcessBuilder builder =
                    new ProcessBuilder(words)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("PGPASSWORD", server.password());
            processes.add(start(builder));
        }
        for (Process process : processes) {
            if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(programs.get(0).get(0) + " failed.");
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "The program '"
                            + builder.command().get(0)
                            + "' was not found: install PostgreSQL's client programs (Debian:"
                            + " apt-get install postgresql-client).",
                    e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
