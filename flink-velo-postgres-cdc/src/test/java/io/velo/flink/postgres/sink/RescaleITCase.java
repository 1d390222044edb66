// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.TestDatabase;
import io.velo.flink.testkit.server.PostgresServer;
import io.velo.flink.testkit.server.RequiredServer;
import io.velo.flink.uri.stream.VeloTable;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that wait while a job fails and goes on with fewer or more subtasks. */
@Timeout(400)
class RescaleITCase {

    private static PostgresServer server;
    private static TestDatabase admin;

    @BeforeAll
    static void startServer() {
        server =
                RequiredServer.started(
                        PostgresServer.createWith(Map.of("max_prepared_transactions", "30")));
        admin = TestDatabase.create(server);
    }

    @AfterAll
    static void stopServer() throws Exception {
        admin.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"staging, 4, 2", "staging, 2, 4", "prepared, 4, 2", "prepared, 2, 4"})
    void writesEachRowOnceAfterACommitThatFailed(String method, int before, int after)
            throws Exception {
        TestDatabase database = TestDatabase.create(server);
        database.execute("CREATE TABLE target (id int8)");
        ExactlyOnceSink sink = sink(database, method);
        JobID job = new JobID();
        RescaledWriters.Checkpoint checkpoint;
        try (RescaledWriters run = RescaledWriters.start(sink, job, before, null)) {
            run.write(0, 400);
            checkpoint = run.checkpoint(1);
            run.complete(0, 1);
            allowConnections(database, false);
            for (int i = 1; i < before; i++) {
                int subtask = i;
                assertThatThrownBy(() -> run.complete(subtask, 1))
                        .hasStackTraceContaining("not currently accepting connections");
            }
            allowConnections(database, true);
            run.write(400, 800);
            run.prepare(2);
        }
        assertThat(database.query("SELECT count(*) FROM target"))
                .containsExactly(400 / before + "");

        try (RescaledWriters run = RescaledWriters.start(sink, job, after, checkpoint)) {
            run.write(400, 800);
            run.checkpoint(2);
            run.complete(2);
        }

        assertThat(database.query("SELECT count(*) || ' ' || count(DISTINCT id) FROM target"))
                .containsExactly("800 800");
        assertThat(
                        database.query(
                                "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relname"
                                        + " LIKE 'velo%' UNION ALL SELECT gid FROM"
                                        + " pg_prepared_xacts"))
                .containsExactly("velo_commits");
        database.close();
    }

    private static void allowConnections(TestDatabase database, boolean allow) {
        admin.execute(
                "ALTER DATABASE " + database.settings().database() + " ALLOW_CONNECTIONS " + allow);
    }

    /** The sink of a job that is never run. */
    private static ExactlyOnceSink sink(TestDatabase database, String method) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        environment.enableCheckpointing(1000);
        VeloTable table =
                VeloTable.at(database.uri("table=target"))
                        .column("id", DataTypes.BIGINT())
                        .option("sink.delivery-guarantee", "exactly-once")
                        .option("sink.commit-method", method)
                        .option("retry.strategy", "none")
                        .build();
        DataStream<RowData> rows = environment.fromData(table.type(), GenericRowData.of(1L));
        Transformation<?> written = table.write(rows, "target").getTransformation();
        return (ExactlyOnceSink) ((SinkTransformation<?, ?>) written).getSink();
    }
}
