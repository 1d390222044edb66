// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist;

import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LookupCycle;
import io.velo.flink.testkit.cycle.OpenClose;
import io.velo.flink.testkit.cycle.OpenCloseCycles;
import io.velo.flink.testkit.cycle.SourceCycle;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.Driver;
import redis.clients.jedis.Jedis;

/**
 * The scan, the lookup and the capture's snapshot of PostgreSQL and the lookup of Redis leave
 * nothing behind, however often they are opened. Sinks have the same test in their fault contract.
 */
@Timeout(180)
class LeaksITCase {

    private static final int CYCLES = 500;

    /** Less than a table has: there is more to read when a source is closed. */
    private static final int ROWS = 20;

    private static final ResolvedSchema USERS =
            ResolvedSchema.of(
                    Column.physical("id", DataTypes.INT().notNull()),
                    Column.physical("name", DataTypes.STRING()));

    private final String name = "l" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void postgresScan() throws Exception {
        execute("CREATE TABLE " + name + " (id int4 PRIMARY KEY, name text)", fill());
        leavesNothing(SourceCycle.of(postgres(""), ROWS));
    }

    @Test
    void postgresLookup() throws Exception {
        execute("CREATE TABLE " + name + " (id int4 PRIMARY KEY, name text)", fill());
        leavesNothing(LookupCycle.of(postgres(""), GenericRowData.of(7)));
    }

    @Test
    void postgresSnapshot() throws Exception {
        execute("CREATE TABLE " + name + " (id int4 PRIMARY KEY, name text)", fill());
        leavesNothing(SourceCycle.of(postgres("&cdc=true&scan_startup=snapshot"), ROWS));
    }

    private String fill() {
        return "INSERT INTO " + name + " SELECT i, 'x' FROM generate_series(1, 1000) i";
    }

    private Planning postgres(String parameters) {
        PostgresServer server = RequiredServer.postgres();
        return Planning.of(
                        USERS,
                        "postgresql://127.0.0.1:"
                                + server.port()
                                + "/"
                                + server.database()
                                + "?table="
                                + name
                                + parameters)
                .with("username", server.username())
                .with("password", server.password());
    }

    private static void execute(String... statements) throws SQLException {
        PostgresServer server = RequiredServer.postgres();
        Properties login = new Properties();
        login.setProperty("user", server.username());
        login.setProperty("password", server.password());
        try (Connection connection =
                        new Driver().connect(server.jdbcUrl(server.database()), login);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void redisLookup() throws Exception {
        RedisServer server = RequiredServer.redis();
        try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
            redis.hset(name + ":7", Map.of("name", "x"));
        }
        leavesNothing(
                LookupCycle.of(
                        Planning.of(
                                USERS,
                                "redis://127.0.0.1:"
                                        + server.port()
                                        + "?key_pattern="
                                        + name
                                        + ":{id}"),
                        GenericRowData.of(7)));
    }

    private static void leavesNothing(OpenClose cycle) throws Exception {
        Duration took = OpenCloseCycles.leaveNothing(CYCLES, cycle);
        System.out.println(CYCLES + " cycles in " + took.toMillis() + " ms");
    }
}
