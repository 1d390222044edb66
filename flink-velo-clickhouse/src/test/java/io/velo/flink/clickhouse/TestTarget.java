// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the shared ClickHouse server. */
public final class TestTarget {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ClickHouseServer server;
    private final String database;

    private TestTarget(ClickHouseServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** A new database on the shared server. */
    public static TestTarget create() {
        return on(RequiredServer.clickhouse());
    }

    /** A new database on this server. */
    public static TestTarget on(ClickHouseServer server) {
        TestTarget target =
                new TestTarget(
                        server,
                        "db_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet());
        target.outside("CREATE DATABASE " + target.database);
        return target;
    }

    /** A server of a test's own on this port, which answers what a real one would not say. */
    public static ClickHouseTarget answering(int port) {
        return new ClickHouseTarget(
                List.of("127.0.0.1:" + port),
                false,
                Credentials.NONE,
                "db",
                Compression.NONE,
                WireFormat.NATIVE,
                Map.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                "clickhouse://h/db");
    }

    /** The name of the database. */
    public String database() {
        return database;
    }

    /** Where the database is. */
    public ClickHouseTarget target(Compression compression) {
        return new ClickHouseTarget(
                List.of("127.0.0.1:" + server.port()),
                false,
                new Credentials(server.username(), Secret.of(server.password())),
                database,
                compression,
                WireFormat.NATIVE,
                Map.of(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                "clickhouse://***@test/" + database);
    }

    /** A transport to the database. */
    public HttpTransport transport(Compression compression) {
        return new HttpTransport(target(compression));
    }

    /** The URI of a table, with more parameters if they start with an ampersand. */
    public String uri(String table, String more) {
        return "clickhouse://127.0.0.1:"
                + server.port()
                + "/"
                + database
                + "?table="
                + table
                + more;
    }

    /** Runs a statement in the database and returns the rows of its answer. */
    public List<List<String>> sql(String statement) {
        try {
            return transport(Compression.NONE).rows(statement);
        } catch (IOException e) {
            throw new UncheckedIOException(statement, e);
        }
    }

    /** The first field of the answer's first row. */
    public String value(String query) {
        return sql(query).get(0).get(0);
    }

    private void outside(String statement) {
        try {
            transport(Compression.NONE).rowsWithoutDatabase(statement);
        } catch (IOException e) {
            throw new UncheckedIOException(statement, e);
        }
    }
}
