// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;

/** UPDATEs that would lose values, or change nothing, are refused while they are planned. */
class UpdateRefusalITCase {

    private static final String ON_SERVER = "ALTER TABLE … UPDATE";

    private final TestTarget target = TestTarget.create();
    private final TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inBatchMode());

    @Test
    void columnsThatFlinkDoesNotHaveWouldBecomeEmpty() {
        server("id Int32, a Int32, b String, ver UInt64, m Int32 MATERIALIZED a", "ver", "id");
        declare("id INT, a INT, PRIMARY KEY (id) NOT ENFORCED", "");
        refused("UPDATE t SET a = 1", "that the Flink table does not have: b.", "Declare them");
        declare("id INT, a INT, b STRING, PRIMARY KEY (id) NOT ENFORCED", "");
        accepted("UPDATE t SET a = 1");
    }

    @Test
    void columnsOfUnsupportedTypesOfACatalogWouldBecomeEmpty() {
        server("id Int32, a Int32, n " + "Array(".repeat(110) + "Int8" + ")".repeat(110), "", "id");
        sql.executeSql(
                "CREATE CATALOG ch WITH ('type'='velo','uri'='"
                        + target.uri("", "").replace("?table=", "")
                        + "','username'='velo','password'='velo')");
        refused(
                "UPDATE ch." + target.database() + ".t SET a = 1",
                "that the Flink table does not have: n.",
                ON_SERVER);
    }

    @Test
    void columnsThatFlinkSeesLessOfWouldBeCut() {
        server(
                "id Int32, a Int32, at DateTime64(9, 'UTC'), flag UInt8, times"
                        + " Array(DateTime64(6, 'UTC'))",
                "",
                "id");
        String others = "id INT, a INT, flag SMALLINT, ";
        String key = ", PRIMARY KEY (id) NOT ENFORCED";
        String exact = "times ARRAY<TIMESTAMP_LTZ(6)>";
        declare(others + "`at` TIMESTAMP(3), " + exact + key, "");
        refused("UPDATE t SET a = 1", "'at' (DateTime64(9, 'UTC') as TIMESTAMP(3)", ON_SERVER);
        declare(others + "`at` TIMESTAMP(9), times ARRAY<TIMESTAMP_LTZ(3)>" + key, "");
        refused("UPDATE t SET a = 1", "'times' (Array(DateTime64(6, 'UTC'))", "all their digits");
        declare(others.replace("SMALLINT", "BOOLEAN") + "`at` TIMESTAMP(9), " + exact + key, "");
        refused("UPDATE t SET a = 1", "'flag' (UInt8 as BOOLEAN)", "UInt8 as SMALLINT");
        declare(others + "`at` TIMESTAMP(9), " + exact + key, "");
        accepted("UPDATE t SET a = 1");
    }

    @Test
    void localTimesOfAZoneWithSummerTimeAreNotTheInstantsThatTheyWere() {
        server("id Int32, a Int32, at DateTime('Europe/Berlin')", "", "id");
        declare("id INT, a INT, `at` TIMESTAMP(0), PRIMARY KEY (id) NOT ENFORCED", "");
        refused("UPDATE t SET a = 1", "'at' (DateTime('Europe/Berlin')", "TIMESTAMP_LTZ");
        declare("id INT, a INT, `at` TIMESTAMP_LTZ(0), PRIMARY KEY (id) NOT ENFORCED", "");
        accepted("UPDATE t SET a = 1");
    }

    @Test
    void aVersionThatNobodyCanFillWouldLose() {
        server("id Int32, v Int32, ver UInt32", "ver", "id");
        declare("id INT, v INT, PRIMARY KEY (id) NOT ENFORCED", "");
        refused("UPDATE t SET v = 1", "its version column 'ver'", "Declare column 'ver'");
        declare("id INT, v INT, ver BIGINT, PRIMARY KEY (id) NOT ENFORCED", "");
        refused("UPDATE t SET ver = 1", "the version by which", "Leave it out of SET");
        accepted("UPDATE t SET v = 1");
    }

    @Test
    void aVersionThatAnotherColumnFillsMayBeSmaller() {
        server("id Int32, ts UInt32, ver UInt32", "ver", "id");
        declare("id INT, ts BIGINT, PRIMARY KEY (id) NOT ENFORCED", ", 'version-column'='ts'");
        refused("UPDATE t SET ts = 1", "'version-column'='ts'", "declare column 'ver'");
    }

    @Test
    void aSortingKeyOfMoreThanThePrimaryKeyKeepsTheFormerRow() {
        server("id Int32, at DateTime('UTC'), v Int32", "", "(id, toDate(at))");
        declare("id INT, `at` TIMESTAMP_LTZ(0), v INT, PRIMARY KEY (id) NOT ENFORCED", "");
        refused(
                "UPDATE t SET `at` = TO_TIMESTAMP_LTZ(0, 3)",
                "its ORDER BY has 'toDate(at)'",
                ON_SERVER);
        declare("id INT, `at` TIMESTAMP_LTZ(0), v INT, PRIMARY KEY (id, `at`) NOT ENFORCED", "");
        refused("UPDATE t SET v = 1", "lacks the primary key column 'at'", ON_SERVER);
    }

    @Test
    void aPartitionKeyOfMoreThanThePrimaryKeyHidesWhichRowIsTheLast() {
        server("id Int32, `day` Int32, v Int32", "", "id PARTITION BY `day` % 7");
        declare("id INT, `day` INT, v INT, PRIMARY KEY (id) NOT ENFORCED", "");
        refused("UPDATE t SET v = 0 WHERE `day` = 1", "PARTITION BY day % 7", ON_SERVER);
        target.sql("DROP TABLE t");
        server("id Int32, `day` Int32, v Int32", "", "(id, `day`) PARTITION BY `day`");
        declare("id INT, `day` INT, v INT, PRIMARY KEY (id, `day`) NOT ENFORCED", "");
        accepted("UPDATE t SET v = 0 WHERE `day` = 1");
        refused("UPDATE t SET `day` = 0", "the former row would stay", "then DELETE");
    }

    @Test
    void theMarkOfRemovedRowsIsNotSet() {
        server("id Int32, v Int32, ver UInt64, gone UInt8", "ver, gone", "id");
        declare("id INT, v INT, gone SMALLINT, PRIMARY KEY (id) NOT ENFORCED", "");
        refused("UPDATE t SET gone = 1", "marks rows as removed", "use DELETE");
        accepted("UPDATE t SET v = 1");
    }

    @Test
    void optionsThatHaveNoEffectOnAnUpdateAreRefused() {
        server("id Int32, v Int32", "", "id");
        for (String option :
                new String[] {
                    "'optimize'='final'",
                    "'auto-create'='true'",
                    "'sink.delivery-guarantee'='exactly-once'"
                }) {
            declare("id INT, v INT, PRIMARY KEY (id) NOT ENFORCED", ", " + option);
            refused(
                    "UPDATE t SET v = 1",
                    option.substring(0, option.indexOf('=')),
                    "Remove the option");
        }
    }

    @Test
    void anEngineThatReplacesNeedsAPrimaryKey() {
        server("id Int32, v Int32", "", "id");
        declare("id INT, v INT", "");
        refused("UPDATE t SET v = 1", "is none", "Declare PRIMARY KEY (id) NOT ENFORCED");
    }

    private void server(String columns, String engine, String orderBy) {

        target.sql(
                "CREATE TABLE t ("
                        + columns
                        + ") ENGINE = ReplacingMergeTree("
                        + engine
                        + ") ORDER BY "
                        + orderBy);
    }

    private void declare(String columns, String options) {
        sql.executeSql("DROP TEMPORARY TABLE IF EXISTS t");
        sql.executeSql(
                "CREATE TEMPORARY TABLE t ("
                        + columns
                        + ") WITH ('connector'='velo', 'uri'='"
                        + target.uri("t", "")
                        + "'"
                        + options
                        + ")");
    }

    private void refused(String statement, String sentence, String remedy) {
        assertThatThrownBy(() -> sql.explainSql(statement))
                .as(statement)
                .hasStackTraceContaining("VELO-CAP-002")
                .hasStackTraceContaining(sentence)
                .hasStackTraceContaining(remedy);
    }

    private void accepted(String statement) {
        assertThat(sql.explainSql(statement)).as(statement).contains("Sink");
    }
}
