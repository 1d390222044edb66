// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.pushdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.postgres.SqlSession;
import io.velo.flink.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does for a query changes nothing but the time it takes. */
class PushDownITCase {

    @RegisterExtension static final MiniClusterExtension CLUSTER = SqlSession.cluster();

    private static final String OFF = "table.optimizer.source.predicate-pushdown-enabled";

    /** Scans in one job: each job has its price, and so has each plan. */
    private static final int AT_ONCE = 55;

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        database.execute(
                "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2',"
                        + " deterministic = false)");
        database.execute(
                "CREATE TABLE p (id int PRIMARY KEY, b bool, i int4, l int8, f float4, d float8,"
                        + " d2 float8, n numeric(10,2), n2 numeric(10,2), s text, v varchar(9)"
                        + " COLLATE \"en-x-icu\", c char(3), ci text COLLATE nocase, u uuid,"
                        + " e mood, dt date, dt2 date, ts timestamp, tz timestamptz, tm time)");
        String[] values = {
            "b: true, false",
            "i: 0, 7, -1, 2147483647",
            "l: 0, 7, 9223372036854775807, -9223372036854775808",
            "f: 0, 1.5, 'NaN', '-0', 'Infinity'",
            "d: 0, 1.5, 'NaN', '-0', 'Infinity', '-Infinity', -1e300",
            "d2: 0, 1.5, 'NaN'",
            "n: 0, 1.50, -1.5, 12345678.90, 'NaN', 7",
            "n2: 0, 1.50, 7",
            "s: '', 'a', 'A', 'b', 'b ', 'ä', 'ae', 'z', '😀', U&'\\FFFF', E'it\\'s', E'back\\\\slash',"
                    + " 'per%cent', 'under_score', E'new\\nline', '.*'",
            "v: 'a', 'A', 'B', 'ä', 'x y'",
            "c: 'a', 'b'",
            "ci: 'a', 'A', 'ä', 'Ä', 'z'",
            "u: '00000000-0000-0000-0000-000000000001', 'ffffffff-0000-0000-0000-000000000001'",
            "e: 'sad', 'ok'",
            "dt: '2024-02-29', '1969-12-31', '9999-12-31', 'infinity', '-infinity'",
            "dt2: '2024-02-29', '2000-01-01'",
            "ts: '2024-03-31 02:30:00.123456', '1969-12-31 23:59:59.999999', 'infinity'",
            "tz: '2024-03-31 02:30:00.123456+00', '2024-10-27 00:30+00', '1970-01-01+00',"
                    + " '-infinity'",
            "tm: '12:34:56', '00:00', '24:00', '12:34:56.789123'"
        };
        String columns = column(values, 0);
        String picked =
                IntStream.range(0, values.length)
                        .mapToObj(i -> pick(values[i].substring(values[i].indexOf(':') + 2), i))
                        .collect(Collectors.joining(", "));
        database.execute(
                "INSERT INTO p (id, "
                        + columns
                        + ") SELECT x, "
                        + picked
                        + " FROM generate_series(1, 400) x");
        database.execute("ANALYZE p");
    }

    private static String column(String[] values, int part) {
        return List.of(values).stream()
                .map(value -> value.split(":")[part])
                .collect(Collectors.joining(", "));
    }

    /** A value, or NULL for one row in eight; the same for a row in every run. */
    private static String pick(String values, int column) {
        String type =
                List.of(
                                "bool",
                                "int4",
                                "int8",
                                "float4",
                                "float8",
                                "float8",
                                "numeric",
                                "numeric",
                                "text",
                                "text",
                                "text",
                                "text",
                                "uuid",
                                "mood",
                                "date",
                                "date",
                                "timestamp",
                                "timestamptz",
                                "time")
                        .get(column);
        String array = "(ARRAY[" + values + "]::" + type + "[])";
        String hash = "abs(hashtext('" + column + "/' || x))";
        return "CASE WHEN "
                + hash
                + " % 8 = 0 THEN NULL ELSE "
                + array
                + "[1 + "
                + hash
                + " / 8 % cardinality("
                + array
                + ")] END";
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    private static SqlSession session(boolean pushed) throws Exception {
        return SqlSession.batch()
                .set("parallelism.default", "1")
                .set(OFF, Boolean.toString(pushed))
                .set("table.optimizer.source.aggregate-pushdown-enabled", Boolean.toString(pushed))
                .set("table.local-time-zone", "Europe/Berlin");
    }

    private static String table(String policy) {
        return "`" + database.uri("table=p&on_special_value=" + policy) + "`";
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "clamp"})
    void agreesWithFlinkOnAnyCondition(String policy) throws Exception {
        // NaN cannot be clamped, so the numbers have none then.
        String from = "(SELECT * FROM " + table(policy) + ")";
        if (policy.equals("clamp")) {
            from =
                    "`"
                            + database.uri(
                                    "query=SELECT * FROM p WHERE n <> 'NaN' AND"
                                            + " tm <> '24:00'&on_special_value=clamp")
                            + "`";
        }
        List<String> predicates =
                new PredicateCorpus(policy.hashCode())
                        .predicates(policy.equals("null") ? 165 : 110);
        for (int i = 0; i < predicates.size(); i += AT_ONCE) {
            List<String> some = predicates.subList(i, Math.min(predicates.size(), i + AT_ONCE));
            assertThat(byServer(from, some)).isEqualTo(byFlink(from, some));
        }
    }

    /** For each condition the number and sum of the rows that it is true of. */
    private static List<String> byServer(String from, List<String> predicates) throws Exception {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < predicates.size(); i++) {
            query.append(i == 0 ? "" : " UNION ALL ")
                    .append("SELECT " + i + ", COUNT(id), SUM(id) FROM ")
                    .append(from)
                    .append(" WHERE ")
                    .append(predicates.get(i));
        }
        List<String> answers = new ArrayList<>(predicates);
        for (List<String> row : session(true).texts(query.toString())) {
            int i = Integer.parseInt(row.get(0));
            answers.set(i, predicates.get(i) + ": " + row.get(1) + ", " + row.get(2));
        }
        return answers;
    }

    /** The same in one pass over all rows. */
    private static List<String> byFlink(String from, List<String> predicates) throws Exception {
        String query =
                predicates.stream()
                        .map(
                                predicate ->
                                        "COUNT(id) FILTER (WHERE "
                                                + predicate
                                                + "), SUM(id) FILTER (WHERE "
                                                + predicate
                                                + ")")
                        .collect(Collectors.joining(", ", "SELECT ", " FROM " + from));
        List<String> row = session(false).texts(query).get(0);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < predicates.size(); i++) {
            answers.add(predicates.get(i) + ": " + row.get(2 * i) + ", " + row.get(2 * i + 1));
        }
        return answers;
    }

    @Test
    void handsOverWhatMeansTheSame() throws Exception {
        for (String predicate :
                List.of(
                        "i = 7",
                        "l > 7",
                        "d >= 1.5E0",
                        "n < 1.50",
                        "s >= 'b'",
                        "ci = 'a'",
                        "s LIKE '%ä_'",
                        "u = '00000000-0000-0000-0000-000000000001'",
                        "e <> 'ok'",
                        "b",
                        "NOT b",
                        "dt BETWEEN DATE '2000-01-01' AND DATE '2024-12-31'",
                        "ts < TIMESTAMP '2024-03-31 02:30:00.123456'",
                        "tz > CAST(TIMESTAMP '2024-10-27 02:30:00' AS TIMESTAMP_LTZ(6))",
                        "i IN (1, 2, 3) OR s IS NULL",
                        "i < 5 AND s <> 'x'")) {
            assertThat(plan("SELECT id FROM " + table("fail") + " WHERE " + predicate))
                    .as(predicate)
                    .contains("filter=[")
                    .doesNotContain("Calc(", "where=");
        }
    }

    @Test
    void keepsWhatCouldMeanSomethingElse() throws Exception {
        for (String predicate :
                List.of(
                        "c = 'a'",
                        "UPPER(s) = 'A'",
                        "s LIKE '%\\_%'",
                        "e < 'sad'",
                        "tm = TIME '12:34:56'",
                        "d = d2",
                        "i + 1 = 8")) {
            assertThat(plan("SELECT id FROM " + table("fail") + " WHERE " + predicate))
                    .as(predicate)
                    .contains("where=");
        }
        assertThat(plan("SELECT id FROM " + table("null") + " WHERE n = 7")).contains("where=");
    }

    @Test
    void countsAndComparesOnTheServer() throws Exception {
        // Without a decimal, over whose AVG the planner would fail.
        database.execute("CREATE TABLE whole AS SELECT id, b, i, l, d, s, v, ci, e, tm FROM p");
        String whole = "`" + database.uri("table=whole&on_special_value=fail") + "`";
        String query =
                "SELECT COUNT(*), COUNT(s), MIN(i), MAX(l), MIN(s), MAX(s), MAX(ci), MIN(v), COUNT(d)"
                        + " FROM "
                        + whole;
        assertThat(plan(query)).contains("aggregates=[grouping=[]");
        assertThat(session(true).rows(query)).isEqualTo(session(false).rows(query));
        String grouped =
                "SELECT s, b, COUNT(*), MAX(i) FROM " + whole + " WHERE l > 0 GROUP BY s, b";
        assertThat(plan(grouped)).contains("aggregates=[grouping=[s,b]").contains("filter=[");
        assertThat(session(true).rows(grouped))
                .containsExactlyInAnyOrderElementsOf(session(false).rows(grouped));
        for (String kept : List.of("MIN(d)", "SUM(i)", "MIN(e)", "COUNT(DISTINCT s)", "MAX(tm)")) {
            assertThat(plan("SELECT " + kept + " FROM " + whole))
                    .as(kept)
                    .doesNotContain("aggregates=[");
        }
    }

    @Test
    void leavesTheAverageOfDecimalsToFlink() throws Exception {
        String query = "SELECT COUNT(*), AVG(n) FROM " + table("null") + " WHERE n2 = 1";

        assertThat(plan(query)).doesNotContain("aggregates=[");
        assertThat(session(true).rows(query)).isEqualTo(session(false).rows(query));
    }

    @Test
    void readsTheResultOfAQueryAndPutsTheRestAroundIt() throws Exception {
        String query =
                database.uri(
                        "query=WITH x AS (SELECT id, s AS \"Text\", n * 2 AS twice, i FROM p)"
                                + " SELECT * FROM x -- the end");
        String select = "SELECT id, `Text` FROM `" + query + "` WHERE i = 7 AND `Text` >= 'b'";

        assertThat(plan(select)).contains("filter=[").doesNotContain("where=");
        assertThat(session(true).rows(select))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        session(true)
                                .rows(
                                        "SELECT id, s FROM "
                                                + table("fail")
                                                + " WHERE i = 7 AND s >= 'b'"));
        assertThat(session(true).rows("DESCRIBE `" + query + "`").toString())
                .contains("id, INT", "Text, STRING", "twice, STRING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; DROP TABLE p",
                "SELECT 1) AS x; DROP TABLE p; --",
                "SELECT 1) AS x, (SELECT 2",
                "DELETE FROM p RETURNING id",
                "WITH gone AS (DELETE FROM p RETURNING id) SELECT id FROM gone",
                "SELECT nextval('numbers')",
                "SELECT set_config('transaction_read_only', 'off', false) FROM p",
                "SELECT 'open",
                "SELECT $a$open",
                "SELECT 1 /* open"
            })
    void changesNothingByAQuery(String query) throws Exception {
        database.execute("CREATE SEQUENCE IF NOT EXISTS numbers");
        assertThatThrownBy(
                        () ->
                                session(true)
                                        .rows(
                                                "SELECT * FROM `"
                                                        + database.uri("query=" + query)
                                                        + "`"))
                .isNotNull();
        assertThat(database.query("SELECT count(*) FROM p")).containsExactly("400");
        assertThat(database.query("SELECT last_value FROM numbers")).containsExactly("1");
    }

    @Test
    void tellsThePlannerHowManyRowsThereAre() throws Exception {
        assertThat(
                        session(true)
                                .rows("EXPLAIN ESTIMATED_COST SELECT id FROM " + table("fail"))
                                .toString())
                .contains("rowcount = 400");
    }

    private static String plan(String query) throws Exception {
        String plan = session(true).rows("EXPLAIN " + query).toString();
        return plan.substring(plan.indexOf("== Optimized Execution Plan =="));
    }
}
