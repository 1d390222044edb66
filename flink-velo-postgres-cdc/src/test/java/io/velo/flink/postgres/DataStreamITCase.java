// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.uri.stream.VeloTable;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The scan and the sink in programs of the DataStream API. */
class DataStreamITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private TestDatabase database;
    private StreamExecutionEnvironment environment;

    @BeforeEach
    void createTables() {
        database = TestDatabase.create();
        database.execute("CREATE TABLE source (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO source SELECT i, 'v' || i FROM generate_series(1, 1000) i");
        database.execute("CREATE TABLE target (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO target VALUES (1, 'old'), (2000, 'gone')");
        environment = StreamExecutionEnvironment.getExecutionEnvironment();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private VeloTable.Builder table(String name) {
        return VeloTable.at(database.uri("table=" + name))
                .column("id", DataTypes.BIGINT().notNull())
                .column("v", DataTypes.STRING())
                .primaryKey("id");
    }

    @Test
    void copiesATable() throws Exception {
        environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
        table("target")
                .build()
                .write(table("source").build().read(environment, "rows"), "copy of rows");
        environment.execute();

        assertThat(database.query("SELECT count(*) || ' ' || min(v) FROM target WHERE id <= 1000"))
                .containsExactly("1000 v1");
    }

    @Test
    void updatesAndDeletesByKey() throws Exception {
        VeloTable target = table("target").option("parallelism", "1").build();
        GenericRowData update = row(RowKind.UPDATE_AFTER, 1, "new");
        GenericRowData deletion = row(RowKind.DELETE, 2000, null);
        target.write(
                environment.fromData(target.type(), update, deletion).keyBy(r -> r.getLong(0)),
                ChangelogMode.all(),
                "changes");
        environment.execute();

        assertThat(database.query("SELECT id || v FROM target")).containsExactly("1new");
    }

    @Test
    void failsAtARowOfAKindThatWasNotNamed() {
        VeloTable target = table("target").build();
        target.write(
                environment.fromData(target.type(), row(RowKind.DELETE, 2000, null)), "inserts");

        assertThatThrownBy(() -> environment.execute())
                .rootCause()
                .hasMessageContaining("VELO-CAP-002")
                .hasMessageContaining("of kind DELETE, but was said to hold [INSERT]");
        assertThat(database.query("SELECT v FROM target WHERE id = 2000")).containsExactly("gone");
    }

    @Test
    void capturesChanges() throws Exception {
        DataStream<RowData> changes =
                table("source")
                        .option("cdc", "true")
                        .option("scan_startup", "snapshot")
                        .build()
                        .read(environment, "changes");

        try (CloseableIterator<RowData> rows = changes.executeAndCollect()) {
            assertThat(rows).toIterable().hasSize(1000);
        }
    }

    private static GenericRowData row(RowKind kind, long id, String v) {
        return GenericRowData.ofKind(kind, id, v == null ? null : StringData.fromString(v));
    }

    @Test
    void refusesWhatSqlRefuses() {
        Stream<VeloTable.Builder> wrong =
                Stream.of(
                        table("source").option("batch-sise", "5"),
                        VeloTable.at(database.uri("table=source")),
                        VeloTable.at(database.uri("table=source"))
                                .column("id", DataTypes.BIGINT())
                                .primaryKey("id"),
                        VeloTable.at("nosuch://h/t").column("id", DataTypes.BIGINT()));

        wrong.forEach(
                builder ->
                        assertThatThrownBy(
                                        () ->
                                                builder.build()
                                                        .source(environment.getConfiguration()))
                                .hasMessageContaining("VELO-"));
    }

    /** The type that {@code fromData} needs for rows is the table's own. */
    @Test
    void knowsTheTypeOfItsRows() {
        assertThat(table("source").build().type().getTypeClass()).isEqualTo(RowData.class);
    }
}
