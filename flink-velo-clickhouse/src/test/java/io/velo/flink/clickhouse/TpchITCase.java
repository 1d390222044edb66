// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.tpch.TpchAnswer;
import io.velo.flink.testkit.tpch.TpchColumn;
import io.velo.flink.testkit.tpch.TpchQuery;
import io.velo.flink.testkit.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The 22 queries of TPC-H over ClickHouse's tables: Flink's answers are ClickHouse's. */
class TpchITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final double SCALE = 0.1;

    private static TestTarget target;
    private TableEnvironment env;

    @BeforeAll
    static void load() throws Exception {
        target = TestTarget.create();
        ClickHouseServer server = io.velo.flink.testkit.server.RequiredServer.clickhouse();
        for (TpchTable table : TpchTable.values()) {
            target.sql(
                    "CREATE TABLE "
                            + table.tableName()
                            + " ("
                            + table.declaration(TpchITCase::type)
                            + ") ENGINE = MergeTree ORDER BY ("
                            + String.join(", ", table.key())
                            + ")");
            insert(server, table);
        }
    }

    private static void insert(ClickHouseServer server, TpchTable table)
            throws IOException, InterruptedException {
        String query =
                "INSERT INTO "
                        + table.tableName()
                        + " SETTINGS format_csv_delimiter = '|' FORMAT CSV";
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + server.port()
                                                + "/?database="
                                                + target.database()
                                                + "&query="
                                                + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                        .header("X-ClickHouse-User", server.username())
                        .header("X-ClickHouse-Key", server.password())
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> data(table)))
                        .build();
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static InputStream data(TpchTable table) {
        return table.data(SCALE);
    }

    private static String type(TpchColumn column) {
        return switch (column.type()) {
            case LONG -> "Int64";
            case INT -> "Int32";
            case DECIMAL -> "Decimal(15, 2)";
            case DATE -> "Date";
            case TEXT -> "String";
        };
    }

    private static String flinkType(TpchColumn column) {
        return switch (column.type()) {
            case LONG -> "BIGINT";
            case INT -> "INT";
            case DECIMAL -> "DECIMAL(15, 2)";
            case DATE -> "DATE";
            case TEXT -> "STRING";
        };
    }

    @BeforeEach
    void createTables() {
        env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        env.getConfig().set("parallelism.default", "2");
        for (TpchTable table : TpchTable.values()) {
            env.executeSql(
                    "CREATE TABLE "
                            + table.tableName()
                            + " ("
                            + table.declaration(TpchITCase::flinkType)
                            + ") WITH ('connector' = 'velo', 'uri' = '"
                            + target.uri(table.tableName(), "&split_rows=200000")
                            + "', 'username' = 'velo', 'password' = 'velo')");
        }
    }

    static Stream<TpchQuery> queries() {
        return TpchQuery.all().stream();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersAsTheServer(TpchQuery query) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = env.executeSql(query.flinkSql()).collect()) {
            results.forEachRemaining(row -> rows.add(texts(row)));
        }
        TpchAnswer answer = new TpchAnswer(rows);
        assertThat(answer.rows()).isNotEmpty();
        assertThat(answer.differenceFrom(server(query))).isEmpty();
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.getArity(); i++) {
            Object value = row.getField(i);
            texts.add(
                    value == null
                            ? null
                            : value instanceof java.math.BigDecimal number
                                    ? number.toPlainString()
                                    : value.toString());
        }
        return texts;
    }

    /** Decimals have as few digits in ClickHouse's quotients that they are counted as doubles. */
    private static TpchAnswer server(TpchQuery query) {
        List<List<String>> rows =
                target.sql(
                        query.sql("clickhouse")
                                + " SETTINGS joined_subquery_requires_alias = 0, join_use_nulls = 1,"
                                + " data_type_default_nullable = 0");
        return new TpchAnswer(
                rows.stream()
                        .map(
                                row ->
                                        row.stream()
                                                .map(text -> text.equals("\\N") ? null : text)
                                                .toList())
                        .toList());
    }
}
