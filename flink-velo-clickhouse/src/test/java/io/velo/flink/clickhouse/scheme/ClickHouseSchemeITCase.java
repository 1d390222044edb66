// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.TableRequest;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Discovery, browsing and probes on the real server. */
class ClickHouseSchemeITCase {

    private static final Map<String, String> LOGIN = Map.of("username", "velo", "password", "velo");

    private final ClickHouseScheme scheme = new ClickHouseScheme();
    private TestTarget target;

    @BeforeEach
    void createDatabase() {
        target = TestTarget.create();
        target.sql(
                "CREATE TABLE `odd ``name` (b String COMMENT 'what it is', id UInt32, a"
                        + " Array(Int8), e Nullable(Int8) DEFAULT 5, x Int8 ALIAS 1, ver UInt64)"
                        + " ENGINE = ReplacingMergeTree(ver) ORDER BY (id, b) COMMENT 'odd'");
    }

    @Test
    void columnsKeyAndCommentsAreDiscovered() {
        DiscoveredTable table = scheme.discover(request("odd `name", LOGIN));
        assertThat(table.columns())
                .containsExactly(
                        column("b", DataTypes.STRING().notNull(), "what it is"),
                        column("id", DataTypes.BIGINT().notNull(), ""),
                        column("a", DataTypes.ARRAY(DataTypes.TINYINT().notNull()).notNull(), ""),
                        column("e", DataTypes.TINYINT(), ""),
                        column("ver", DataTypes.DECIMAL(20, 0).notNull(), ""));
        assertThat(table.primaryKey()).containsExactly("id", "b");
        assertThat(table.comment()).isEqualTo("odd");
    }

    @Test
    void aSortingKeyThatMayComeAgainIsNoPrimaryKey() {
        target.sql("CREATE TABLE repeats (id Int64) ENGINE = MergeTree ORDER BY id");
        assertThat(scheme.discover(request("repeats", LOGIN)).primaryKey()).isEmpty();
    }

    @Test
    void theTypesOfDiscoveredColumnsCanBeChosen() {
        target.sql(
                "CREATE TABLE w (i Int128, u Nullable(UInt256), f FixedString(3), a"
                        + " Array(FixedString(2)), u64 UInt64) ENGINE = MergeTree ORDER BY tuple()");
        assertThat(types("")).containsExactly("STRING", "STRING", "BINARY(3)", "ARRAY<BINARY(2)>");
        assertThat(types("&bigint_mode=decimal&fixed_string=string"))
                .containsExactly("DECIMAL(38, 0)", "DECIMAL(38, 0)", "STRING", "ARRAY<STRING>");
        assertThat(types("&bigint_mode=bytes"))
                .containsExactly("BINARY(16)", "BINARY(32)", "BINARY(3)", "ARRAY<BINARY(2)>");
    }

    private List<String> types(String options) {
        TableRequest request = Requests.of(target.uri("w", options), LOGIN);
        return scheme.discover(request).columns().stream()
                .map(column -> column.type().toString().replace(" NOT NULL", ""))
                .limit(4)
                .toList();
    }

    @Test
    void partitionsAreListedByTheirKey() {
        target.sql(
                "CREATE TABLE p (d Date, n Int64) ENGINE = MergeTree PARTITION BY (toYYYYMM(d), n"
                        + " % 2) ORDER BY n");
        target.sql("INSERT INTO p VALUES ('2026-01-05', 1), ('2026-02-05', 2), ('2026-02-06', 4)");
        assertThat(scheme.partitions(request("p", LOGIN)).orElseThrow())
                .extracting(spec -> spec.getPartitionSpec().toString())
                .containsExactly(
                        "{(toYYYYMM(d), n % 2)=(202601,1)}", "{(toYYYYMM(d), n % 2)=(202602,0)}");
        assertThat(scheme.partitions(request("odd `name", LOGIN))).isEmpty();
    }

    @Test
    void databasesAndTablesAreListed() {
        TableRequest server = request("", LOGIN);
        assertThat(scheme.databases(server)).contains("default", "system", target.database());
        assertThat(scheme.tables(server, target.database())).containsExactly("odd `name");
        assertThatThrownBy(() -> scheme.discover(server))
                .hasMessageContaining("VELO-URI-004")
                .hasMessageContaining("Tables there: odd `name.");
    }

    @Test
    void aMissingDatabaseIsNamedWithTheNearest() {
        String uri = target.uri("t", "").replace(target.database(), "defualt");
        assertThatThrownBy(() -> scheme.discover(Requests.of(uri, LOGIN)))
                .hasMessageContaining("VELO-SCH-004")
                .hasMessageContaining("Did you mean 'default'?");
    }

    @Test
    void aProbeTellsWhatItFound() {
        ProbeReport report = scheme.probe(request("odd `name", LOGIN));
        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.checks())
                .extracting(ProbeReport.Check::name)
                .containsExactly("address", "login", "table", "read privilege", "write privilege");
        assertThat(report.checks().get(1).finding()).startsWith("velo, ClickHouse ");
    }

    @Test
    void aProbeStopsAtAWrongPasswordAndAtAClosedPort() {
        Map<String, String> wrong = Map.of("username", "velo", "password", "canary-9");
        ProbeReport report = scheme.probe(request("odd `name", wrong));
        assertThat(report.passed()).isFalse();
        assertThat(report.checks()).hasSize(2);
        assertThat(report.toString()).contains("IO_AUTHENTICATION").doesNotContain("canary-9");
        ProbeReport closed =
                scheme.probe(Requests.of("clickhouse://127.0.0.1:1/default?table=t", LOGIN));
        assertThat(closed.checks()).hasSize(1);
        assertThat(closed.toString()).contains("IO_UNREACHABLE").contains("127.0.0.1:1");
    }

    private TableRequest request(String table, Map<String, String> with) {
        String uri = target.uri(table.replace("`", "%60"), "");
        return Requests.of(table.isEmpty() ? uri.replace("?table=", "") : uri, with);
    }

    private static DiscoveredTable.Column column(
            String name, org.apache.flink.table.types.DataType type, String comment) {
        return new DiscoveredTable.Column(name, type, comment);
    }
}
