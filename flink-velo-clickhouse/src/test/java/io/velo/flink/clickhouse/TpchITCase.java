// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import io.velo.flink.testkit.tpch.TpchAnswer;
import io.velo.flink.testkit.tpch.TpchColumn;
import io.velo.flink.testkit.tpch.TpchQuery;
import io.velo.flink.testkit.tpch.TpchTable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
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
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static TestTarget target;
    private static HttpTransport server;
    private static TableEnvironment flink;

    @BeforeAll
    static void load() throws Exception {
        target = TestTarget.create();
        server = new HttpTransport(target.target(Compression.NONE).withSocketTimeout(PATIENCE));
        flink = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        flink.getConfig().set("parallelism.default", "2");
        flink.executeSql("CREATE CATALOG velo WITH ('type'='velo')");
        flink.executeSql("USE CATALOG velo");
        for (TpchTable table : TpchTable.values()) {
            target.sql(
                    "CREATE TABLE "
                            + table.tableName()
                            + " ("
                            + table.declaration(TpchITCase::type)
                            + ") ENGINE = MergeTree ORDER BY ("
                            + String.join(", ", table.key())
                            + ")");
            insert(table);
            flink.executeSql(
                    "CREATE TABLE "
                            + table.tableName()
                            + " WITH ('uri'='"
                            + target.uri(table.tableName(), "")
                            + "', 'username'='velo', 'password'='velo')");
        }
    }

    static Stream<TpchQuery> queries() {
        return TpchQuery.all().stream();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void answersAsTheServer(TpchQuery query) throws Exception {
        TpchAnswer answer = new TpchAnswer(texts(query.flinkSql()));
        assertThat(answer.rows()).isNotEmpty();
        assertThat(answer.differenceFrom(server(query))).isEmpty();
    }

    private static TpchAnswer server(TpchQuery query) throws IOException {
        // By default rows without a partner in an outer join have zeros instead of NULL.
        Map<String, String> standard = Map.of("join_use_nulls", "1");
        return new TpchAnswer(server.rows(query.sql("clickhouse"), standard));
    }

    private static List<List<String>> texts(String query) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = flink.executeSql(query).collect()) {
            while (result.hasNext()) {
                Row row = result.next();
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < row.getArity(); i++) {
                    Object value = row.getField(i);
                    texts.add(value == null ? null : value.toString());
                }
                rows.add(texts);
            }
        }
        return rows;
    }

    private static void insert(TpchTable table) throws IOException, InterruptedException {
        ClickHouseServer running = RequiredServer.clickhouse();
        String statement = "INSERT INTO " + table.tableName() + " FORMAT CSV";
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        running.httpUrl()
                                                + "/?format_csv_delimiter=%7C"
                                                + "&format_csv_allow_single_quotes=0"
                                                + "&format_csv_allow_double_quotes=0&database="
                                                + target.database()
                                                + "&query="
                                                + URLEncoder.encode(
                                                        statement, StandardCharsets.UTF_8)))
                        .header("X-ClickHouse-User", running.username())
                        .header("X-ClickHouse-Key", running.password())
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> table.data(SCALE)))
                        .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
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
}
