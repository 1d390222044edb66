// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A Flink SQL session with a velo catalog, whose jobs run in this JVM. */
public final class SqlSession {

    private final TableEnvironment environment;

    private SqlSession(EnvironmentSettings.Builder settings) {
        Map<String, String> options =
                Map.of(
                        "parallelism.default", "2",
                        "table.local-time-zone", "UTC",
                        "restart-strategy.type", "disable");
        environment =
                TableEnvironment.create(
                        settings.withConfiguration(Configuration.fromMap(options)).build());
        environment.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        environment.executeSql("USE CATALOG velo");
    }

    /** A cluster in this JVM that all jobs of a test class share. */
    public static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(4)
                        .build());
    }

    /** A session for bounded jobs. */
    public static SqlSession batch() {
        return new SqlSession(EnvironmentSettings.newInstance().inBatchMode());
    }

    /** A session for streaming jobs. */
    public static SqlSession streaming() {
        return new SqlSession(EnvironmentSettings.newInstance().inStreamingMode());
    }

    /** Sets an option of the session. */
    public SqlSession set(String key, String value) {
        environment.getConfig().set(key, value);
        return this;
    }

    /** Starts a statement. */
    public TableResult start(String statement) {
        return environment.executeSql(statement);
    }

    /** Runs a statement that returns nothing of interest. */
    public void run(String statement) throws Exception {
        environment.executeSql(statement).await();
    }

    /** All rows of a query, printed. */
    public List<String> rows(String query) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = environment.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }

    /** All rows of a query, each value printed; NULL is null. */
    public List<List<String>> texts(String query) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = environment.executeSql(query).collect()) {
            while (result.hasNext()) {
                Row row = result.next();
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < row.getArity(); i++) {
                    texts.add(row.getField(i) == null ? null : row.getField(i).toString());
                }
                rows.add(texts);
            }
        }
        return rows;
    }
}
