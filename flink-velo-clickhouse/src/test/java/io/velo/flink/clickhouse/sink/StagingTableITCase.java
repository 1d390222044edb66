// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.sink.StagingTable.Rerun;
import io.velo.flink.clickhouse.sink.StagingTable.Turn;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.testkit.fault.FaultProxy;
import io.velo.flink.testkit.fault.Way;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps of a table that is filled under another name, each of which may be repeated. */
class StagingTableITCase {

    /** More than the figures in the headers of an answer vary, less than an answer has. */
    private static final long PART_OF_AN_ANSWER = 60;

    private final TestTarget target = TestTarget.create();
    private final ClickHouseTarget server = target.target(Compression.NONE);
    private final StagingName name = StagingName.of("t");

    @ParameterizedTest
    @EnumSource(Turn.class)
    void everyStepMayBeTakenAgain(Turn turn) {
        replaceable(turn);
        staging(turn).begin();
        staging(turn).begin();
        fill();
        staging(turn).begin();
        assertThat(tables()).contains(name.name());
        staging(turn).commit();
        assertNewRows();
        staging(turn).commit();
        assertNewRows();
        staging(turn).abort();
        assertNewRows();
    }

    @Test
    void aJobManagerThatDiesAfterTheExchangeLeavesNothingToUndo() {
        replaceable(Turn.REPLACE);
        staging(Turn.REPLACE).begin();
        fill();
        target.sql("EXCHANGE TABLES " + Sql.name(name.name()) + " AND t");
        staging(Turn.REPLACE).commit();
        assertNewRows();
        staging(Turn.REPLACE).commit();
        assertNewRows();
    }

    @Test
    void aJobThatIsBegunOnceMoreAfterTheExchangeFillsNothing() {
        replaceable(Turn.REPLACE);
        staging(Turn.REPLACE).begin();
        fill();
        target.sql("EXCHANGE TABLES " + Sql.name(name.name()) + " AND t");
        assertThatThrownBy(() -> staging(Turn.REPLACE).begin())
                .hasMessageContaining("has all rows of this statement already");
        assertNewRows();
    }

    @ParameterizedTest
    @EnumSource(Turn.class)
    void anAnswerThatIsLostIsNoReasonToTakeTheNameAgain(Turn turn) throws Exception {
        replaceable(turn);
        staging(turn).begin();
        fill();
        try (FaultProxy proxy = FaultProxy.before(Integer.parseInt(port()))) {
            ClickHouseTarget behind = behind(proxy);
            new StagingStatements(behind, name).look();
            long look = proxy.bytes(Way.TO_CLIENT);
            proxy.cutAfter(Way.TO_CLIENT, look + PART_OF_AN_ANSWER);
            new StagingTable(behind, name, create(), turn, Rerun.RESUMES).takeName();
            assertThat(proxy.cuts()).isEqualTo(1);
        }
        assertNewRows();
    }

    @Test
    void aJobManagerThatTakesOverAfterTheExchangeDropsWhatWasReplaced() throws Exception {
        replaceable(Turn.REPLACE);
        staging(Turn.REPLACE).begin();
        fill();
        assertThat(staging(Turn.REPLACE).hasTakenName()).isFalse();
        target.sql("EXCHANGE TABLES " + Sql.name(name.name()) + " AND t");
        staging(Turn.REPLACE).dropUnfinished();
        assertNewRows();
        assertThat(staging(Turn.REPLACE).hasTakenName()).isTrue();
    }

    @Test
    void aTableThatCannotBeDroppedIsNotFilledAgain() {
        replaceable(Turn.REPLACE);
        staging(Turn.REPLACE).begin();
        fill();
        StagingTable locked = with(Map.of("readonly", "1"));
        assertThatThrownBy(locked::dropUnfinished).hasMessageContaining("cannot be dropped");
        locked.abandon();
        assertThat(tables()).containsExactly(name.name(), "t");
        staging(Turn.REPLACE).dropUnfinished();
        assertThat(tables()).containsExactly("t");
    }

    @Test
    void aTableOfAnySizeIsDropped() {
        staging(Turn.REPLACE).begin();
        fill();
        with(Map.of("max_table_size_to_drop", "1")).dropUnfinished();
        assertThat(tables()).isEmpty();
    }

    @Test
    void aStagingTableThatIsGoneIsAnErrorAndTheTargetStays() {
        replaceable(Turn.REPLACE);
        StagingTable staging = staging(Turn.REPLACE);
        staging.begin();
        target.sql("DROP TABLE " + Sql.name(name.name()));
        assertThatThrownBy(staging::takeName).hasMessageContaining("is missing");
        staging.commit();
        assertThat(target.sql("SELECT id FROM t")).containsExactly(List.of("7"));
    }

    @Test
    void rowsThatWereDroppedAreNotTakenForWritten() {
        StagingTable staging = staging(Turn.CREATE);
        staging.begin();
        fill();
        staging.abort();
        assertThat(tables()).isEmpty();
        assertThatThrownBy(staging::begin).hasMessageContaining("The job was restarted");
        assertThatThrownBy(() -> staging(Turn.CREATE).begin())
                .hasMessageContaining("The job was restarted");
        assertThat(tables()).isEmpty();
    }

    @Test
    void aJobThatWritesEverythingAgainDoesNotAddToWhatIsThere() {
        StagingTable staging = new StagingTable(server, name, create(), Turn.CREATE, Rerun.REPEATS);
        staging.begin();
        staging.begin();
        fill();
        assertThatThrownBy(staging::begin).hasMessageContaining("The JobManager failed over");
        assertThat(tables()).isEmpty();
    }

    @Test
    void aTableThatCameInBetweenStaysAndSoDoTheRows() {
        StagingTable staging = staging(Turn.CREATE);
        staging.begin();
        target.sql("CREATE TABLE t (mine Int8) ENGINE = Memory");
        staging.commit();
        assertThat(target.value("SHOW CREATE TABLE t")).contains("mine");
        assertThat(tables()).containsExactly(name.name(), "t");
    }

    @Test
    void whatAnotherJobLeftBehindIsDroppedOnceItIsOld() throws Exception {
        String table = "größe";
        begun(StagingName.of(table));
        begun(StagingName.of(table + "_2"));
        StagingName own = StagingName.of(table);
        StagingTable next = begun(own);
        assertThat(tables()).hasSize(3);
        next.dropLeftBehind(Duration.ofSeconds(-2));
        assertThat(tables()).hasSize(2).contains(own.name());
        assertThat(tables()).anyMatch(left -> left.startsWith("_velo_staging_größe_2_"));
    }

    @Test
    void anInterruptionIsKeptAndEndsNoJobManager() {
        StagingTable staging = staging(Turn.CREATE);
        staging.begin();
        fill();
        Thread.currentThread().interrupt();
        staging.commit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(tables()).containsExactly(name.name());
        staging.commit();
        Thread.currentThread().interrupt();
        staging.abort();
        assertThat(Thread.interrupted()).isTrue();
        assertNewRows();
    }

    private void replaceable(Turn turn) {
        if (turn == Turn.REPLACE) {
            target.sql("CREATE TABLE t (id Int8) ENGINE = MergeTree ORDER BY id");
            target.sql("INSERT INTO t VALUES (7)");
        }
    }

    private void fill() {
        target.sql("INSERT INTO " + Sql.name(name.name()) + " VALUES (1), (2)");
    }

    private void assertNewRows() {
        assertThat(tables()).containsExactly("t");
        assertThat(target.sql("SELECT id FROM t ORDER BY id"))
                .containsExactly(List.of("1"), List.of("2"));
    }

    private StagingTable staging(Turn turn) {
        return new StagingTable(server, name, create(), turn, Rerun.RESUMES);
    }

    private StagingTable begun(StagingName other) {
        StagingTable staging =
                new StagingTable(server, other, create(other), Turn.CREATE, Rerun.RESUMES);
        staging.begin();
        return staging;
    }

    private String create() {
        return create(name);
    }

    private String create(StagingName of) {
        return "CREATE TABLE IF NOT EXISTS "
                + Sql.table(target.database(), of.name())
                + " UUID "
                + Sql.text(of.id().toString())
                + " (id Int8) ENGINE = MergeTree ORDER BY id";
    }

    private String port() {
        return server.hosts().get(0).substring("127.0.0.1:".length());
    }

    private StagingTable with(Map<String, String> settings) {
        return new StagingTable(
                reached(server.hosts().get(0), settings),
                name,
                create(),
                Turn.REPLACE,
                Rerun.RESUMES);
    }

    private ClickHouseTarget behind(FaultProxy proxy) {
        return reached("127.0.0.1:" + proxy.port(), server.settings());
    }

    private ClickHouseTarget reached(String host, Map<String, String> settings) {
        return new ClickHouseTarget(
                List.of(host),
                server.tls(),
                server.credentials(),
                server.database(),
                server.compression(),
                WireFormat.NATIVE,
                settings,
                server.socketTimeout(),
                server.insertTimeout(),
                server.place());
    }

    private List<String> tables() {
        return target.sql("SHOW TABLES").stream().map(row -> row.get(0)).toList();
    }
}
