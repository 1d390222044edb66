// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** A session of Flink SQL of one task and short checkpoints, on a database of its own. */
final class SqlSession {

    private final TestTarget target;
    private final StreamExecutionEnvironment environment;
    private final StreamTableEnvironment tables;

    /**
     * Opens a session.
     *
     * @param options options of Flink besides those of every session
     */
    SqlSession(TestTarget target, Map<String, String> options) {
        this.target = target;
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "1");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("execution.checkpointing.interval", "200ms");
        options.forEach(configuration::setString);
        environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        tables = StreamTableEnvironment.create(environment);
    }

    StreamExecutionEnvironment environment() {
        return environment;
    }

    StreamTableEnvironment tables() {
        return tables;
    }

    /**
     * Creates a temporary table.
     *
     * @param name its name in the session
     * @param columns its columns
     * @param table the table at the server
     * @param parameters more parameters of the URI, behind an ampersand
     */
    void create(String name, String columns, String table, String parameters) {
        tables.executeSql(
                "CREATE TEMPORARY TABLE "
                        + name
                        + " ("
                        + columns
                        + ") WITH ('connector'='velo','uri'='"
                        + target.uri(table, parameters)
                        + "','username'='velo','password'='velo')");
    }
}
