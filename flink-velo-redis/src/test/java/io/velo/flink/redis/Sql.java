// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Flink SQL in a cluster inside this JVM that lives as long as a job, or as a test class. */
final class Sql {

    private final StreamTableEnvironment tables;

    private Sql(StreamTableEnvironment tables) {
        this.tables = tables;
    }

    /** A cluster in this JVM that all jobs of a test class share: a session made after it. */
    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(4)
                        .build());
    }

    /** A streaming session with two parallel subtasks and no restarts. */
    static Sql streaming() {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "200ms");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        return new Sql(StreamTableEnvironment.create(environment));
    }

    /** The session of Flink. */
    StreamTableEnvironment tables() {
        return tables;
    }

    /** Runs a statement; an INSERT runs to its end. */
    Sql run(String statement) throws Exception {
        TableResult result = tables.executeSql(statement);
        if (result.getJobClient().isPresent()) {
            result.await();
        }
        return this;
    }

    /** The rows of a query. */
    List<Row> rows(String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** Everything that a person or a log sees of an exception. */
    static String everythingSaid(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
