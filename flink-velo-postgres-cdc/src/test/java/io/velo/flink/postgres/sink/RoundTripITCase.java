// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read from PostgreSQL and written back is the same, for every type. */
class RoundTripITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    /** Types and literals of values that stress their binary forms. */
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("bool", List.of("true", "false"));
        VALUES.put("int2", List.of("-32768", "32767"));
        VALUES.put("int4", List.of("-2147483648", "2147483647"));
        VALUES.put("int8", List.of("-9223372036854775808", "9223372036854775807"));
        VALUES.put("oid", List.of("0", "4294967295"));
        VALUES.put("float4", List.of("'NaN'", "'-Infinity'", "1.1"));
        VALUES.put("float8", List.of("'NaN'", "'Infinity'", "-1.1e-300"));
        VALUES.put("numeric(12,2)", List.of("0", "-0.01", "9999999999.99", "10000", "100.10"));
        VALUES.put("numeric(38,0)", List.of("-99999999999999999999999999999999999999", "1"));
        VALUES.put("numeric(38,37)", List.of("1.0000000000000000000000000000000000001", "0"));
        VALUES.put("numeric(18,17)", List.of("9.99999999999999999", "-0.00000000000000001"));
        VALUES.put("numeric(18,3)", List.of("999999999999999.999", "0.001"));
        VALUES.put("numeric", List.of("'NaN'", "1e-20", "123456789012345678901234567890.5"));
        VALUES.put("money", List.of("-12.34", "0"));
        VALUES.put("text", List.of("''", "'Ünï ☃ 𝄞'", "E'tab\\tnew\\nline\\\\'"));
        VALUES.put("varchar(5)", List.of("'abcde'", "''"));
        VALUES.put("char(5)", List.of("'ab'", "''"));
        VALUES.put("name", List.of("'a_name'"));
        VALUES.put("json", List.of("'{\"a\": [1,  2]}'", "'null'"));
        VALUES.put("jsonb", List.of("'{\"a\": [1, 2.50]}'", "'\"x\"'"));
        VALUES.put("xml", List.of("'<a>1</a>'"));
        VALUES.put("uuid", List.of("'ffffffff-0000-4000-8000-0123456789ab'"));
        VALUES.put("bytea", List.of("'\\x00ff10'", "''"));
        VALUES.put("date", List.of("'0001-01-01'", "'9999-12-31'", "'1969-12-31'"));
        VALUES.put("time(3)", List.of("'23:59:59.999'", "'00:00'"));
        VALUES.put("timestamp", List.of("'0001-01-01 00:00:00.000001'", "'9999-12-31 23:59:59.9'"));
        VALUES.put(
                "timestamptz", List.of("'1969-12-31 23:59:59.999999+00'", "'2024-03-31 01:30Z'"));
        VALUES.put("timetz", List.of("'12:34:56.789+05:30'"));
        VALUES.put("interval", List.of("'1 year -2 months 3 days 04:05:06.7'", "'0'"));
        VALUES.put("bit(1)", List.of("B'1'", "B'0'"));
        VALUES.put("bit(11)", List.of("B'10101010101'"));
        VALUES.put("varbit", List.of("B''", "B'101'"));
        VALUES.put("inet", List.of("'192.168.0.1/24'", "'::1'"));
        VALUES.put("cidr", List.of("'10.0.0.0/8'"));
        VALUES.put("macaddr", List.of("'08:00:2b:01:02:03'"));
        VALUES.put("pg_lsn", List.of("'16/B374D848'"));
        VALUES.put("tsvector", List.of("'a:1 b:2A'"));
        VALUES.put("mood", List.of("'happy'", "'so \"so\"'"));
        VALUES.put("int4[]", List.of("'{}'", "'{1,NULL,-3}'"));
        VALUES.put("text[]", List.of("'{}'", "'{a,NULL,\"b,c\",\"\"}'"));
        VALUES.put("numeric(5,2)[]", List.of("'{1.25,NULL}'"));
        VALUES.put("inet[]", List.of("'{10.0.0.1,NULL}'"));
        VALUES.put("small", List.of("7"));
    }

    private static TestDatabase database;

    @BeforeAll
    static void createDatabase() {
        database = TestDatabase.create();
        database.execute("CREATE TYPE mood AS ENUM ('happy', 'so \"so\"')");
        database.execute("CREATE DOMAIN small AS int4 CHECK (VALUE < 10)");
        create("source", VALUES.keySet().stream().toList());
        List<String> types = VALUES.keySet().stream().toList();
        for (int row = 0; row < 6; row++) {
            List<String> values = new ArrayList<>(List.of(Integer.toString(row)));
            for (String type : types) {
                List<String> known = VALUES.get(type);
                values.add(row < known.size() ? literal(known.get(row)) + "::" + type : "NULL");
            }
            database.execute("INSERT INTO source VALUES (" + String.join(", ", values) + ")");
        }
    }

    private static String literal(String value) {
        return value.contains("'") ? value : "'" + value + "'";
    }

    private static void create(String table, List<String> types) {
        StringBuilder columns = new StringBuilder("id int4 PRIMARY KEY");
        for (int i = 0; i < types.size(); i++) {
            columns.append(", c").append(i).append(' ').append(types.get(i));
        }
        database.execute("CREATE TABLE " + table + " (" + columns + ")");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void copiesEveryTypeByCopyInBinaryForm() throws Exception {
        copied("plain", "CREATE TABLE %s (%s) WITH ('connector'='velo','uri'='%s')");
    }

    @Test
    void copiesEveryTypeByKey() throws Exception {
        copied(
                "keyed",
                "CREATE TABLE %s (%s, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('connector'='velo','uri'='%s')");
    }

    @Test
    void writesEveryTypeAsText() throws Exception {
        create("texts", VALUES.keySet().stream().toList());
        SqlSession sql = session();
        String columns =
                "id INT, "
                        + java.util.stream.IntStream.range(0, VALUES.size())
                                .mapToObj(i -> "c" + i + " STRING")
                                .collect(Collectors.joining(", "));
        for (String table : List.of("source", "texts")) {
            sql.run(
                    "CREATE TABLE "
                            + table
                            + " ("
                            + columns
                            + ") WITH ('connector'='velo','uri'='"
                            + database.uri("table=" + table)
                            + "')");
        }
        sql.run("INSERT INTO texts SELECT * FROM source");
        assertSame("texts");
    }

    private void copied(String table, String declaration) throws Exception {
        create(table, VALUES.keySet().stream().toList());
        SqlSession sql = session();
        sql.run("CREATE TABLE source WITH ('connector'='velo','uri'='" + uri("source") + "')");
        List<String> columns =
                sql.rows("DESCRIBE source").stream()
                        .map(row -> row.substring(3).split(", (?![^(]*\\))"))
                        .map(parts -> parts[0] + " " + parts[1])
                        .toList();
        sql.run(declaration.formatted(table, String.join(", ", columns), uri(table)));
        sql.run("INSERT INTO " + table + " SELECT * FROM source");
        assertSame(table);
    }

    private static void assertSame(String table) {
        // As text, so that NaN and digits that do not count are compared too.
        assertThat(database.query("SELECT t::text FROM " + table + " t ORDER BY id"))
                .isEqualTo(database.query("SELECT t::text FROM source t ORDER BY id"))
                .hasSize(6);
    }

    private static String uri(String table) {
        return database.uri("table=" + table);
    }

    private static SqlSession session() {
        return SqlSession.batch().set("table.exec.sink.require-on-conflict", "false");
    }
}
