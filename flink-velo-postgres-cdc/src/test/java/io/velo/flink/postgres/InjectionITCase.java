// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.postgres.sql.ObjectPath;
import io.velo.flink.postgres.sql.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hostile names and values in every place where a user can write one: they mean themselves, or they
 * are refused with a clear error; nothing else changes in the database.
 */
class InjectionITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    /** Everything that a statement could have changed, in one text. */
    private static final String STATE =
            "SELECT string_agg(x, E'\\n' ORDER BY x) FROM ("
                    + "SELECT 'relation ' || oid::regclass || relacl::text AS x FROM pg_class"
                    + " WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace)"
                    + " UNION ALL SELECT 'relation ' || oid::regclass FROM pg_class"
                    + " UNION ALL SELECT 'column ' || attrelid::regclass || ' ' || attname || ' '"
                    + " || atttypid || ' ' || attnotnull FROM pg_attribute WHERE attrelid ="
                    + " 'victim'::regclass"
                    + " UNION ALL SELECT 'schema ' || nspname FROM pg_namespace"
                    + " WHERE nspname NOT LIKE 'pg\\_%temp\\_%'"
                    + " UNION ALL SELECT 'row ' || v::text FROM victim v"
                    + " UNION ALL SELECT 'comment ' || description FROM pg_description"
                    + " UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots"
                    + " WHERE database = current_database()"
                    + " UNION ALL SELECT 'publication ' || pubname FROM pg_publication"
                    + " UNION ALL SELECT 'setting ' || setconfig::text FROM pg_db_role_setting"
                    + ") AS everything WHERE x IS NOT NULL";

    private TestDatabase database;
    private SqlSession sql;
    private String before;

    @BeforeEach
    void createVictim() throws Exception {
        database = TestDatabase.create();
        database.execute("CREATE TABLE victim (id int8 PRIMARY KEY, v text)");
        database.execute("INSERT INTO victim VALUES (1, 'untouched')");
        sql = SqlSession.batch().set("table.exec.sink.require-on-conflict", "false");
        before = state();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private String state() {
        return database.query(STATE).get(0);
    }

    static Stream<String> names() {
        return Stream.of(
                "x'; DROP TABLE victim; --",
                "x\"; DROP TABLE victim; --",
                "\\'; E'\\\\' $$; DROP TABLE victim; $$ $1",
                "\"x\".\"y\" /* a */ -- %s {0} ? `tick`",
                "é中😀\u202e\u200b\ttab",
                " a ",
                "w".repeat(63));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aHostileNameIsAName(String hostile) throws Exception {
        String schema = "s " + hostile.substring(0, Math.min(30, hostile.length()));
        String name = tick(hostile);
        String text = quote(hostile);
        String table = "shop." + tick(schema) + "." + name;
        sql.run(
                "CREATE CATALOG shop WITH ('type'='velo','uri'='"
                        + database.uri("").replace("?", "")
                        + "')");
        sql.run("CREATE DATABASE shop." + tick(schema) + " COMMENT " + text);
        sql.run(
                ("CREATE TABLE %s (k BIGINT NOT NULL, %s STRING COMMENT %s, PRIMARY KEY (k)"
                                + " NOT ENFORCED) COMMENT %s")
                        .formatted(table, name, text, text));
        sql.run("INSERT INTO " + table + " VALUES (1, " + text + "), (2, 'other')");

        assertThat(sql.texts("SELECT " + name + " FROM " + table + " WHERE " + name + " = " + text))
                .containsExactly(List.of(hostile));
        assertThat(
                        sql.texts(
                                "SELECT t."
                                        + name
                                        + " FROM (SELECT "
                                        + text
                                        + " AS k, PROCTIME() AS p) AS o JOIN "
                                        + table
                                        + " FOR SYSTEM_TIME AS OF o.p AS t ON o.k = t."
                                        + name))
                .containsExactly(List.of(hostile));
        assertThat(sql.texts("SELECT * FROM " + scan(schema, hostile) + " WHERE k = 2"))
                .containsExactly(List.of("2"));

        sql.run("ALTER TABLE " + table + " RENAME " + name + " TO c");
        sql.run("ALTER TABLE " + table + " RENAME c TO " + name);
        sql.run("ALTER TABLE " + table + " ADD (`n\"'` STRING COMMENT " + text + ")");
        sql.run("ALTER TABLE " + table + " RENAME TO moved");
        sql.run("DROP DATABASE shop." + tick(schema) + " CASCADE");
        assertThat(state()).isEqualTo(before);
    }

    private String scan(String schema, String table) {
        return "`"
                + database.uri("columns=k BIGINT")
                + "` /*+ OPTIONS('table'="
                + quote(ObjectPath.parameter(TableName.of(schema, table)))
                + ") */";
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "long"})
    void anImpossibleNameIsRefused(String kind) throws Exception {
        String name = tick(kind.equals("long") ? "é".repeat(32) : kind);
        sql.run(
                "CREATE CATALOG shop WITH ('type'='velo','uri'='"
                        + database.uri("").replace("?", "")
                        + "')");

        refuses("CREATE DATABASE shop." + name);
        refuses("CREATE TABLE shop.`public`." + name + " (id INT)");
        refuses("CREATE TABLE shop.`public`.t (" + name + " INT)");
        refuses("ALTER TABLE shop.`public`.victim ADD " + name + " INT");
        refuses("ALTER TABLE shop.`public`.victim RENAME v TO " + name);
        refuses("ALTER TABLE shop.`public`.victim RENAME TO " + name);
        refuses("CREATE TABLE shop.`public`.t (id INT) COMMENT " + quote("a\0b"));
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\"; DROP TABLE victim; --",
                "\\'; DELETE FROM victim; -- $$ /* `é😀 */",
                "long and with NUL"
            })
    void aHostileValueOfAnyOptionChangesNothing(String value) {
        String hostile = value.startsWith("long") ? "y\0".repeat(5_000) : value;
        SqlSession streaming = SqlSession.streaming();
        for (SchemeOption<?> option : new PostgresScheme().spec().options()) {
            isRefusedOrUsed(sql, option.key(), hostile, "false");
            isRefusedOrUsed(streaming, option.key(), hostile, "true");
        }
        assertThat(state()).isEqualTo(before);
    }

    private void isRefusedOrUsed(SqlSession session, String option, String value, String capture) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "velo");
        options.put("uri", database.uri(""));
        options.put("table", "victim");
        options.put("cdc", capture);
        options.put("retry.max-attempts", "1");
        options.put(option, value);
        String table =
                options.entrySet().stream()
                        .map(entry -> quote(entry.getKey()) + "=" + quote(entry.getValue()))
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "CREATE TEMPORARY TABLE t (id BIGINT, v STRING, PRIMARY"
                                                + " KEY (id) NOT ENFORCED) WITH (",
                                        ")"));
        if (isClear(() -> session.run(table), option)) {
            isClear(() -> session.rows("EXPLAIN SELECT * FROM t"), option);
            if (capture.equals("false")) {
                isClear(() -> session.rows("SELECT * FROM t"), option);
                isClear(() -> session.run("INSERT INTO t VALUES (1, 'untouched')"), option);
            }
            isClear(() -> session.run("DROP TEMPORARY TABLE t"), option);
        }
    }

    private void refuses(String statement) {
        assertThat(catchThrowable(() -> sql.run(statement)))
                .as(statement)
                .isNotNull()
                .hasStackTraceContaining("VELO-");
    }

    /** Whether it works; if not, Velo says why. */
    private static boolean isClear(ThrowingCallable call, String option) {
        Throwable failure = catchThrowable(call);
        if (failure != null) {
            assertThat(failure).as(option).hasStackTraceContaining("VELO-");
        }
        return failure == null;
    }

    private static String tick(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
