// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookup joins that a dictionary of the server answers. */
class DictionaryLookupITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private TestTarget target;
    private TableEnvironment env;

    @BeforeEach
    void createTables() {
        target = TestTarget.create();
        target.sql(
                "CREATE TABLE names (id UInt64, word String, name String, score Nullable(Int32))"
                        + " ENGINE = MergeTree ORDER BY id");
        target.sql("INSERT INTO names VALUES (1, 'a', 'one', 10), (2, 'b''\\\\', 'two', NULL)");
        env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        env.getConfig().set("parallelism.default", "1");
        env.getConfig().set("restart-strategy.type", "disable");
        env.executeSql(
                "CREATE TEMPORARY VIEW asked AS SELECT *, PROCTIME() AS p FROM (VALUES"
                        + " (CAST(1 AS BIGINT), 'a'), (2, 'b''\\'), (3, 'a'), (-1, 'x'),"
                        + " (CAST(NULL AS BIGINT), 'n')) AS v (id, word)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLAT()", "COMPLEX_KEY_HASHED()"})
    void attributesComeByANumber(String layout) throws Exception {
        dictionary("d", "id", layout);
        create("id BIGINT, name STRING, score INT", "d");
        assertThat(rows("SELECT a.id, n.name, n.score", "a.id = n.id"))
                .containsExactlyInAnyOrder(
                        "+I[1, one, 10]",
                        "+I[2, two, null]",
                        "+I[3, null, null]",
                        "+I[-1, null, null]",
                        "+I[null, null, null]");
        // The table has rows that the dictionary does not have yet: it is not asked.
        target.sql("INSERT INTO names VALUES (3, 'c', 'three', 3)");
        assertThat(rows("SELECT n.name", "a.id = n.id AND n.score > 5"))
                .containsOnlyOnce("+I[one]")
                .doesNotContain("+I[three]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "word|word STRING, name STRING|a.word = n.word",
                "word, id|id BIGINT, name STRING, word STRING|a.id = n.id AND a.word = n.word"
            })
    void textsAndSeveralColumnsAreKeys(String key, String columns, String condition)
            throws Exception {
        dictionary("d", key, "COMPLEX_KEY_HASHED()");
        create(columns, target.database() + ".d");
        assertThat(rows("SELECT a.id, n.name", condition))
                .contains("+I[1, one]", "+I[2, two]", "+I[-1, null]")
                .contains(key.equals("word") ? "+I[3, one]" : "+I[3, null]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d_name|id BIGINT, name STRING|a.id = n.id|VELO-SCH-004|Did you mean",
                "d_names|id BIGINT, nam STRING|a.id = n.id|VELO-SCH-003|Did you mean 'name'?",
                "d_names|id BIGINT, name STRING|a.word = n.name|VELO-CAP-002|is id."
            })
    void whatTheDictionaryDoesNotHaveIsNamed(
            String name, String columns, String condition, String code, String sentence) {
        dictionary("d_names", "id", "HASHED()");
        create(columns, name);
        String selected = columns.contains("nam STRING") ? "SELECT n.nam" : "SELECT n.name, n.id";
        assertThatThrownBy(() -> rows(selected, condition))
                .hasStackTraceContaining(code)
                .hasStackTraceContaining(sentence);
    }

    @Test
    void theWholeTableInMemoryDoesNotGoWithADictionary() {
        dictionary("d", "id", "HASHED()");
        create("id BIGINT, name STRING", "d', 'lookup.cache' = 'full");
        assertThatThrownBy(() -> rows("SELECT n.name", "a.id = n.id"))
                .hasStackTraceContaining("VELO-OPT-002");
    }

    private void dictionary(String name, String key, String layout) {
        target.sql(
                "CREATE DICTIONARY "
                        + name
                        + " (id UInt64, word String, name String, score Nullable(Int32)) PRIMARY KEY "
                        + key
                        + " SOURCE(CLICKHOUSE(TABLE 'names' DB '"
                        + target.database()
                        + "' USER 'velo' PASSWORD 'velo')) LAYOUT("
                        + layout
                        + ") LIFETIME(0)");
    }

    private void create(String columns, String dictionary) {
        env.executeSql(
                "CREATE TABLE n ("
                        + columns
                        + ") WITH ('connector' = 'velo', 'uri' = '"
                        + target.uri("names", "")
                        + "', 'username' = 'velo', 'password' = 'velo', 'lookup-dictionary' = '"
                        + dictionary
                        + "')");
    }

    private List<String> rows(String select, String condition) throws Exception {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results =
                env.executeSql(
                                select
                                        + " FROM asked AS a LEFT JOIN n FOR SYSTEM_TIME AS OF a.p AS n"
                                        + " ON "
                                        + condition)
                        .collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
