// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.cli.VeloHome;
import io.velo.flink.dist.sandbox.ProgramOutcome;
import io.velo.flink.dist.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The specification's examples and the example of all schemes. */
class ExamplesITCase {

    private static ExampleServers servers;
    private static Sandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        servers = new ExampleServers();
        sandbox = Sandbox.start(servers.sandbox(1).withJars(VeloHome.memoryScheme()));
        send(
                "orders",
                "{\"id\":1,\"customer_id\":7,\"amount\":99.5}",
                "{\"id\":2,\"customer_id\":8,\"amount\":100.5}",
                "{\"id\":3,\"customer_id\":7,\"amount\":250.0}");
        send(
                "events",
                "{\"id\":1,\"event_time\":\"2026-01-01T00:00:01Z\",\"latency\":10.0}",
                "{\"id\":2,\"event_time\":\"2026-01-01T00:00:31Z\",\"latency\":20.0}",
                "{\"id\":3,\"event_time\":\"2026-01-01T00:01:05Z\",\"latency\":30.0}");
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void everyFileIsRunByATest() throws Exception {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> spec = Files.list(ExampleServers.file("spec"))) {
            spec.forEach(file -> files.add(file.getFileName().toString()));
        }
        assertThat(files)
                .containsExactly(
                        "a1-named-stream.sql",
                        "a4-key-template.sql",
                        "b1-window-to-clickhouse.sql",
                        "b2-lookup-of-a-customer.sql",
                        "c2-topic-to-analytics-table.sql",
                        "d6-insert-or-leave.sql",
                        "d7-bare-topic-name.sql",
                        "d8-explicit-topic.sql");
    }

    @Test
    void oneTableOfEachScheme() throws Exception {
        servers.askClickHouse("DROP TABLE IF EXISTS people");

        String output = run("five-schemes.sql");

        assertThat(output).contains("Ada", "EDSGER", "pg_class");
        assertThat(servers.askClickHouse("SELECT id, name FROM people FINAL ORDER BY id"))
                .containsExactly("1\tADA", "2\tGRACE", "3\tEDSGER");
    }

    @Test
    void a1NamedStream() {
        assertThat(run("spec/a1-named-stream.sql")).contains("customer_id", "250.0");
    }

    @Test
    void a4KeyTemplate() {
        run("spec/a4-key-template.sql");

        try (Jedis jedis = new Jedis(servers.redis().host(), servers.redis().port())) {
            assertThat(jedis.keys("results:*")).containsExactlyInAnyOrder("results:1", "results:2");
            assertThat(jedis.keys("again:*")).containsExactlyInAnyOrder("again:1", "again:2");
        }
    }

    @Test
    void b1WindowToClickHouse() throws Exception {
        servers.askClickHouse("DROP TABLE IF EXISTS realtime_analytics");

        run("spec/b1-window-to-clickhouse.sql");

        assertThat(
                        servers.askClickHouse(
                                "SELECT formatDateTime(window_start, '%H:%i', 'UTC'), events,"
                                        + " avg_latency FROM realtime_analytics ORDER BY 1"))
                .containsExactly("00:00\t2\t15", "00:01\t1\t30");
    }

    @Test
    void b2LookupOfACustomer() throws Exception {
        inPostgres(
                "customers",
                "CREATE TABLE customers (id BIGINT PRIMARY KEY, customer_name TEXT)",
                "INSERT INTO customers VALUES (7, 'Ada'), (9, 'Grace')");

        assertThat(run("spec/b2-lookup-of-a-customer.sql"))
                .containsPattern("1 \\|\\s+99.5 \\|\\s+Ada")
                .containsPattern("3 \\|\\s+250.0 \\|\\s+Ada")
                .doesNotContain("100.5", "Grace");
    }

    @Test
    void c2TopicToAnalyticsTable() throws Exception {
        servers.askClickHouse("DROP TABLE IF EXISTS events");
        servers.askClickHouse(
                "CREATE TABLE events (id Int64, event_time DateTime64(3), latency Float64) ENGINE ="
                        + " MergeTree ORDER BY id");

        run("spec/c2-topic-to-analytics-table.sql");

        assertThat(servers.askClickHouse("SELECT count(), sum(latency) FROM events"))
                .containsExactly("3\t60");
    }

    @Test
    void d6InsertOrLeave() throws Exception {
        inPostgres(
                "analytics",
                "CREATE TABLE user_events (user_id TEXT, action TEXT, event_time TEXT, processed_at"
                        + " TIMESTAMPTZ, PRIMARY KEY (user_id, event_time))",
                "INSERT INTO user_events VALUES ('u1', 'first', 't1', now())");
        send(
                "user-activity-stream",
                "{\"data\":\"{\\\"user_id\\\":\\\"u1\\\",\\\"action\\\":\\\"again\\\",\\\"timestamp\\\":\\\"t1\\\"}\"}",
                "{\"data\":\"{\\\"user_id\\\":\\\"u2\\\",\\\"action\\\":\\\"buy\\\",\\\"timestamp\\\":\\\"t2\\\"}\"}");

        run("spec/d6-insert-or-leave.sql");

        assertThat(
                        inPostgres(
                                "analytics",
                                "SELECT string_agg(user_id || ' ' || action, ', ' ORDER BY user_id)"
                                        + " FROM user_events WHERE processed_at IS NOT NULL"))
                .isEqualTo("u1 first, u2 buy");
    }

    @Test
    void d7BareTopicName() {
        assertThat(run("spec/d7-bare-topic-name.sql"))
                .contains("events", "100.5", "250.0")
                .doesNotContain("99.5");
    }

    @Test
    void d8ExplicitTopic() {
        assertThat(run("spec/d8-explicit-topic.sql"))
                .contains("100.5", "250.0")
                .doesNotContain("99.5");
    }

    @Test
    void inlineCredentialsReachTheWorkers(@TempDir Path folder) throws Exception {
        ExampleServers.data().loadAirports(servers.postgres());
        String login = servers.postgres().username() + ":" + servers.postgres().password();
        Path file =
                Files.writeString(
                        folder.resolve("inline.sql"),
                        "CREATE CATALOG velo WITH ('type' = 'velo');\nUSE CATALOG velo;\n"
                                + "SET 'execution.runtime-mode' = 'batch';\n"
                                + "SET 'sql-client.execution.result-mode' = 'tableau';\n"
                                + "SELECT COUNT(*) AS n FROM `postgresql://"
                                + login
                                + "@127.0.0.1:"
                                + servers.postgres().port()
                                + "/velo?table=airports`;\n");

        ProgramOutcome outcome = sandbox.runSql(file);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("3376");
    }

    /** Runs statements in a database, which is made anew for the first table; the first answer. */
    private static String inPostgres(String database, String... statements) throws Exception {
        if (statements[0].startsWith("CREATE TABLE")) {
            inPostgres(servers.postgres().database(), "DROP DATABASE IF EXISTS " + database);
            inPostgres(servers.postgres().database(), "CREATE DATABASE " + database);
        }
        String answer = null;
        try (Connection connection =
                        DriverManager.getConnection(
                                servers.postgres().jdbcUrl(database),
                                servers.postgres().username(),
                                servers.postgres().password());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                if (statement.execute(each)) {
                    ResultSet result = statement.getResultSet();
                    result.next();
                    answer = result.getString(1);
                }
            }
        }
        return answer;
    }

    private static String run(String file) {
        ProgramOutcome outcome = sandbox.runSql(ExampleServers.file(file));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output();
    }

    private static void send(String topic, String... messages) {
        ExampleServers.data()
                .sendFlights(
                        servers.kafka(),
                        topic,
                        Stream.of(messages)
                                .map(message -> message.getBytes(StandardCharsets.UTF_8))
                                .toList());
    }
}
