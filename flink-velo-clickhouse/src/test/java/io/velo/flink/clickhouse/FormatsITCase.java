// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.NativeBlockReader;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.Answer;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the Native format holds for the formats of rows too. */
class FormatsITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private final TestTarget target = TestTarget.create();
    private SqlSession session;
    private StreamTableEnvironment tables;

    @BeforeEach
    void open() {
        session = new SqlSession(target, Map.of("table.local-time-zone", "UTC"));
        tables = session.tables();
        tables.executeSql(
                "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector'='datagen',"
                        + "'rows-per-second'='1000000','fields.n.kind'='sequence',"
                        + "'fields.n.start'='1','fields.n.end'='2000')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowbinary", "json", "tsv", "parquet", "arrow"})
    void onlyRejectedRowsBecomeDeadLettersAndNullTakesTheDefault(String format) throws Exception {
        target.sql(
                "CREATE TABLE t (id Int64, v String DEFAULT concat('d', toString(id)), doc"
                        + " Nullable(JSON), m Map(String, Array(Nullable(Int32))), CONSTRAINT c"
                        + " CHECK id % 500 != 7) ENGINE = MergeTree ORDER BY id");
        table(
                "t",
                "id BIGINT, v STRING, doc STRING, m MAP<STRING, ARRAY<INT>>",
                "&null_mode=default&sort_rows=true&batch_size=900&failure_strategy=send-to-dlq"
                        + "&format="
                        + format
                        + "&dlq_uri="
                        + target.uri("dead", "&auto_create=true&username=velo&password=velo")
                                .replace("?", "%3F")
                                .replace("&", "%26")
                                .replace("=", "%3D"));
        tables.executeSql(
                        "INSERT INTO t SELECT n, CASE WHEN MOD(n, 10) = 0 THEN NULL ELSE 'r\t\\' ||"
                                + " CAST(n AS STRING) END, CASE MOD(n, 500) WHEN 8 THEN 'no"
                                + " document' WHEN 9 THEN '{}}{\"id\":1}' WHEN 10 THEN NULL ELSE"
                                + " '{\"a\":' || CAST(n AS STRING) || '}' END, MAP['k',"
                                + " ARRAY[CAST(n AS INT), CAST(NULL AS INT)]] FROM numbers")
                .await();
        assertThat(
                        target.sql(
                                "SELECT count(), uniqExact(id), countIf(v = concat('d',"
                                        + " toString(id))), countIf(v = concat('r\\t\\\\',"
                                        + " toString(id))), countIf(doc IS NULL), countIf(doc.a ="
                                        + " id), countIf(m['k'][1] = id) FROM t"))
                .containsExactly(List.of("1988", "1988", "200", "1788", "4", "1984", "1988"));
        assertThat(
                        target.sql(
                                "SELECT count(), uniqExact(JSONExtractInt(value, 'id')),"
                                        + " countIf(JSONExtractInt(value, 'id') % 500 IN (7, 8, 9))"
                                        + " FROM dead"))
                .containsExactly(List.of("12", "12", "12"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowbinary", "json", "tsv", "parquet", "arrow"})
    void everyRowIsThereOnceByWindowAndByMarker(String format) throws Exception {
        target.sql(
                "CREATE TABLE byWindow (id Int64, v Nullable(String), doc JSON) ENGINE = MergeTree"
                        + " ORDER BY id SETTINGS non_replicated_deduplication_window = 1000");
        target.sql(
                "CREATE TABLE byMarker (id Int64, v Nullable(String), doc JSON, _velo_txn"
                        + " LowCardinality(String)) ENGINE = MergeTree ORDER BY id");
        String once = "&batch_size=300&sink_delivery_guarantee=exactly-once&format=" + format;
        String columns = "id BIGINT, v STRING, doc STRING";
        table("byWindow", columns, once);
        table("byMarker", columns, once + "&commit_marker=true");
        String rows = " SELECT n, NULLIF(CAST(n AS STRING), '5'), '{\"a\":1}' FROM numbers";
        tables.createStatementSet()
                .addInsertSql("INSERT INTO byWindow" + rows)
                .addInsertSql("INSERT INTO byMarker" + rows)
                .execute()
                .await();
        for (String table : List.of("byWindow", "byMarker")) {
            assertThat(
                            target.sql(
                                    "SELECT count(), uniqExact(id), countIf(v IS NULL),"
                                            + " countIf(v = toString(id)), countIf(doc.a = 1) FROM "
                                            + table))
                    .containsExactly(List.of("2000", "2000", "1", "1999", "2000"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowbinary", "json", "tsv", "parquet", "arrow"})
    void scansAndLookupsAnswerAsInTheNativeFormat(String format) throws Exception {
        target.sql(
                "CREATE TABLE s (id Int64, at DateTime('Europe/Berlin'), fine Nullable("
                        + "DateTime64(6)), e Enum('x' = 1, 'y\\t' = 2), t Array(Nullable(String)),"
                        + " p Tuple(a Int32, b LowCardinality(String)), d Decimal(38, 9), j JSON)"
                        + " ENGINE = MergeTree ORDER BY id");
        target.sql(
                "INSERT INTO s SELECT number, toDateTime(1792888200 + number), if(number % 3 = 0,"
                        + " NULL, fromUnixTimestamp64Micro(number * 1000001 - 5)), number % 2 + 1,"
                        + " ['a\\'\\n', NULL, toString(number)], (number, 'b\\\\'), number / 7,"
                        + " concat('{\"n\":', toString(number), '}') FROM numbers(5000)");
        String columns =
                "id BIGINT, `at` TIMESTAMP_LTZ(0), fine TIMESTAMP_LTZ(6), e STRING, t"
                        + " ARRAY<STRING>, p ROW<a INT, b STRING>, d DECIMAL(38, 9), j STRING";
        table("s", columns, "&format=" + format);
        table("s", columns, "&format=native", "wanted");
        String query = "SELECT * FROM %s AS r WHERE CHAR_LENGTH(r.p.b) = 2 AND MOD(r.id, 2) = 0";
        assertThat(rows(String.format(query, "s")))
                .containsExactlyInAnyOrderElementsOf(rows(String.format(query, "wanted")))
                .hasSize(2500);
        String lookup =
                "SELECT a.id, b.* FROM (SELECT id, PROCTIME() AS p FROM (VALUES (CAST(3 AS"
                        + " BIGINT)), (-1), (4999)) AS v (id)) AS a LEFT JOIN %s FOR SYSTEM_TIME"
                        + " AS OF a.p AS b ON a.id = b.id";
        assertThat(rows(String.format(lookup, "s")))
                .containsExactlyInAnyOrderElementsOf(rows(String.format(lookup, "wanted")))
                .hasSize(3);
    }

    /** A row that is an error's words must not be handed on. */
    @ParameterizedTest
    @EnumSource(
            value = WireFormat.class,
            names = {"ROWBINARY", "JSON", "TSV", "PARQUET", "ARROW"})
    void anErrorInTheMiddleOfTheAnswerIsNoRow(WireFormat format) throws IOException {
        Map<String, String> settings = new HashMap<>(format.answerSettings());
        settings.put("max_block_size", "1000");
        settings.put("max_threads", "1");
        settings.put("http_write_exception_in_output_format", "0");
        int[] rows = {0};
        try (Answer answer =
                target.transport(Compression.LZ4)
                        .query(
                                "SELECT toString(number) AS v FROM numbers(2000000) WHERE NOT"
                                        + " throwIf(number = 1500000) FORMAT "
                                        + format.answerName(),
                                settings)) {
            assertThatThrownBy(() -> readNumbers(answer, format, rows))
                    .isInstanceOf(VeloException.class)
                    .hasMessageContaining("throwIf");
        }
        // Parquet says only at its end what it holds.
        assertThat(rows[0]).isBetween(format == WireFormat.PARQUET ? 0 : 1, 1_500_000);
    }

    private static void readNumbers(Answer answer, WireFormat format, int[] rows) {
        NativeBlockReader reader =
                new NativeBlockReader(
                        answer.blocks(format),
                        List.of(new RowType.RowField("v", VarCharType.STRING_TYPE)),
                        ZoneOffset.UTC);
        try {
            VectorizedColumnBatch batch;
            while ((batch = reader.next()) != null) {
                ColumnarRowData view = new ColumnarRowData(batch);
                for (int row = 0; row < batch.getNumRows(); row++) {
                    view.setRowId(row);
                    assertThat(view.getString(0).toString()).isEqualTo("" + rows[0]++);
                }
            }
            answer.finish();
        } catch (IOException | VeloException broken) {
            throw answer.explain(broken);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowbinary", "parquet", "arrow"})
    void whatAFormatCannotCarryIsRefused(String format) {
        target.sql(
                "CREATE TABLE v (id Int64, a Variant(Date, UInt64)) ENGINE = MergeTree ORDER BY id");
        table("v", "id BIGINT, a STRING", "&format=" + format);
        assertThatThrownBy(
                        () -> tables.executeSql("INSERT INTO v SELECT n, 'x' FROM numbers").await())
                .hasStackTraceContaining("Column 'a'")
                .hasStackTraceContaining("format=" + format + " cannot write")
                .hasStackTraceContaining("Use format=native");
    }

    private List<String> rows(String query) {
        return CollectionUtil.iteratorToList(tables.executeSql(query).collect()).stream()
                .map(Row::toString)
                .toList();
    }

    private void table(String name, String columns, String parameters) {
        table(name, columns, parameters, name);
    }

    private void table(String table, String columns, String parameters, String name) {
        session.create(name, columns, table, parameters);
    }
}
