// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.velo.flink.testkit.server.KafkaServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every statement of the documentation is understood: declarations are carried out, and queries are
 * planned against real servers that hold the tables of which the pages speak. Whether the rows are
 * right is shown by the examples and by each scheme's own tests.
 */
class DocumentedSqlITCase {

    private static final Pattern QUERY =
            Pattern.compile("(SELECT|INSERT|WITH|DELETE|UPDATE|EXECUTE)\\b.*", Pattern.DOTALL);

    private static ExampleServers servers;
    // Of its own: the topics of the pages have the names of the examples' topics.
    private static KafkaServer kafka;

    @BeforeAll
    static void prepare() throws Exception {
        servers = new ExampleServers();
        kafka = RequiredServer.started(KafkaServer.create());
        servers.askClickHouse("CREATE DATABASE IF NOT EXISTS dw");
        servers.askClickHouse("CREATE DATABASE IF NOT EXISTS shop");
        try (Connection connection = connect("velo");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS shop");
            statement.execute("CREATE DATABASE shop");
        }
        try (Connection connection = connect("shop");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT, country TEXT);"
                            + "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id BIGINT,"
                            + " amount FLOAT8, status TEXT, created_at TIMESTAMPTZ)");
        }
        send("orders", "{\"id\":1,\"customer_id\":7,\"amount\":99.5,\"user_id\":1}");
        send("events", "{\"id\":1,\"ts\":\"2026-01-01T00:00:01Z\"}");
        send("flights", "{\"id\":1,\"date\":\"2001/01/31 18:20\",\"state\":\"Texas\"}");
    }

    @AfterAll
    static void closeKafka() {
        if (kafka != null) {
            kafka.close();
        }
    }

    private static Connection connect(String database) throws Exception {
        return DriverManager.getConnection(
                servers.postgres().jdbcUrl(database),
                servers.postgres().username(),
                servers.postgres().password());
    }

    private static void send(String topic, String message) {
        ExampleServers.data()
                .sendFlights(kafka, topic, List.of(message.getBytes(StandardCharsets.UTF_8)));
    }

    static List<DocumentedSql> pages() throws IOException {
        return DocumentedSql.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void isUnderstood(DocumentedSql page) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.executeSql("CREATE CATALOG docs WITH ('type' = 'velo')");
        sql.executeSql("USE CATALOG docs");
        // Tables of the reader's own, which pages take as given.
        sql.executeSql(
                "CREATE TEMPORARY VIEW orders AS SELECT *, PROCTIME() AS proc_time FROM "
                        + onServers("`kafka://b1:9092/orders`"));
        sql.executeSql(
                "CREATE TEMPORARY VIEW flights AS SELECT * FROM "
                        + onServers("`kafka://b1:9092/flights`"));

        for (String statement : page.statements()) {
            String real = onServers(statement);
            assertThatCode(
                            () -> {
                                if (QUERY.matcher(statement).matches()) {
                                    sql.explainSql(real);
                                } else {
                                    sql.executeSql(real);
                                }
                            })
                    .as(statement)
                    .doesNotThrowAnyException();
        }
    }

    /** The statement with the servers of this test in place of the documentation's. */
    private static String onServers(String statement) {
        Map<String, String> hosts = new LinkedHashMap<>();
        hosts.put("kafka://b1:9092(,b2:9092)?", "kafka://" + kafka.bootstrapServers());
        hosts.put(
                "(postgresql|postgres|postgres-cdc)://(db|pg)(:5432)?",
                "$1://" + login() + "127.0.0.1:" + servers.postgres().port());
        hosts.put(
                "clickhouse://(ch|ch1)(:8123)?",
                "clickhouse://velo:velo@127.0.0.1:" + servers.clickhouse().port());
        hosts.put("redis://cache(:6379)?", "redis://127.0.0.1:" + servers.redis().port());
        String real = statement;
        for (Map.Entry<String, String> host : hosts.entrySet()) {
            real = real.replaceAll(host.getKey() + "(?=[/?'`])", host.getValue());
        }
        return withoutOtherLogins(real);
    }

    private static String login() {
        return servers.postgres().username() + ":" + servers.postgres().password() + "@";
    }

    /** The documented logins are somebody else's; those of the servers stand in the URIs. */
    private static String withoutOtherLogins(String statement) {
        return Pattern.compile(",\\s*'(username|password)'\\s*=\\s*'[^']*'")
                .matcher(statement)
                .replaceAll(Matcher.quoteReplacement(""));
    }
}
