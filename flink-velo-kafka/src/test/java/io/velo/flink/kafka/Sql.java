// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A SQL session with a velo catalog, as a user has it. */
final class Sql {

    private final TableEnvironment session;

    private Sql(boolean streaming, String catalogOptions) {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "1");
        configuration.setString("table.local-time-zone", "UTC");
        EnvironmentSettings.Builder settings =
                EnvironmentSettings.newInstance().withConfiguration(configuration);
        session =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(),
                        (streaming ? settings.inStreamingMode() : settings.inBatchMode()).build());
        session.executeSql("CREATE CATALOG velo WITH ('type'='velo'" + catalogOptions + ")");
        session.executeSql("USE CATALOG velo");
    }

    /** A cluster in this JVM, on the loopback address alone. */
    static MiniClusterExtension cluster() {
        Configuration configuration = new Configuration();
        configuration.setString("rest.bind-address", "127.0.0.1");
        configuration.setString("rest.address", "127.0.0.1");
        configuration.setString("taskmanager.bind-host", "127.0.0.1");
        configuration.setString("jobmanager.bind-host", "127.0.0.1");
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setConfiguration(configuration)
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(4)
                        .build());
    }

    static Sql batch() {
        return new Sql(false, "");
    }

    static Sql streaming() {
        return new Sql(true, "");
    }

    /** A session whose catalog shows what a server holds. */
    static Sql browsing(String uri) {
        return new Sql(false, ",'uri'='" + uri + "'");
    }

    /** Runs a statement to its end. */
    Sql run(String statement) throws Exception {
        session.executeSql(statement).await();
        return this;
    }

    Sql set(String key, String value) {
        session.getConfig().set(key, value);
        return this;
    }

    /** The rows of a query that ends. */
    List<Row> rows(String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> iterator = session.executeSql(query).collect()) {
            iterator.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** The rows as text, each with its kind. */
    List<String> texts(String query) throws Exception {
        return rows(query).stream().map(Row::toString).toList();
    }
}
