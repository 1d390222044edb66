// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.shard.Shard;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.source.ScanState;
import io.velo.flink.common.source.ScanStateSerializer;
import io.velo.flink.common.source.SplitSerializer;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class SplitLayoutTest {

    /** A split as the first version wrote it. */
    private static final String FIRST =
            "0000000664622e7423300000001853454c454354206061602046524f4d20606462602e607460"
                    + "000000010000000561203c203900000000000000010000000360616000000008686578286061"
                    + "602900000007756e6865782827000000022729ffffffffffffffff000000000000002a010000"
                    + "0001000000023331000000010000000000000001fffffffffffffffe";

    /** The same split as the second version wrote it. */
    private static final String SECOND =
            "0000000664622e7423300000001853454c454354206061602046524f4d20606462602e607460"
                    + "000000010000000561203c203900000000000000010000000360616000000008686578286061"
                    + "602900000007756e6865782827000000022729ffffffffffffffff0000000561736b65640000"
                    + "00000000002a0100000001000000023331000000010000000000000001fffffffffffffffe";

    private static final ClickHouseTarget TARGET =
            new ClickHouseTarget(
                    List.of("127.0.0.1:1"),
                    false,
                    Credentials.NONE,
                    "db",
                    Compression.NONE,
                    WireFormat.NATIVE,
                    Map.of(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    "clickhouse://127.0.0.1/db");

    @Test
    void splitsAndStateSurviveACheckpoint() throws IOException {
        ClickHouseSplit split =
                ClickHouseSplit.of(
                                "db.t#0",
                                new SplitQuery(
                                        "SELECT `é` FROM t" + " ".repeat(70_000),
                                        List.of("a = 1", "b"),
                                        " GROUP BY c"),
                                List.of(new ResumeKey("`é`", "hex(`é`)", "unhex('", "')")),
                                plan("a").withLimit(7))
                        .at(
                                42,
                                Optional.of(
                                        new ResumePoint(List.of("C3A9"), List.of(new UUID(1, -2)))))
                        .on("db.t#1", new Shard(List.of("a:1", "b:2"), "other"), plan("a"));
        SplitSerializer<ClickHouseSplit> splits = new SplitSerializer<>(new SplitLayout());
        assertThat(splits.deserialize(splits.getVersion(), splits.serialize(split)))
                .isEqualTo(split);
        ScanState<ClickHouseSplit> state =
                new ScanState<>(true, List.of(split, split.at(1, Optional.empty())));
        ScanStateSerializer<ClickHouseSplit> states = new ScanStateSerializer<>(new SplitLayout());
        assertThat(states.deserialize(states.getVersion(), states.serialize(state)))
                .isEqualTo(state);
    }

    @Test
    void splitsOfTheFirstVersionDoNotSayWhatWasAskedFor() throws IOException {
        assertThat(stored(1, FIRST)).isEqualTo(old(""));
    }

    @Test
    void splitsOfTheSecondVersionHaveNoShard() throws IOException {
        assertThat(stored(2, SECOND)).isEqualTo(old("asked"));
    }

    @Test
    void theStateOfAScanSaysTheVersionOfItsSplits() throws IOException {
        // Version of the splits, whether the scan was planned, how many splits.
        byte[] state = HexFormat.of().parseHex("00000001" + "01" + "00000001" + FIRST);
        assertThat(new ScanStateSerializer<>(new SplitLayout()).deserialize(1, state))
                .isEqualTo(new ScanState<>(true, List.of(old(""))));
    }

    private static ClickHouseSplit stored(int version, String bytes) throws IOException {
        return new SplitSerializer<>(new SplitLayout())
                .deserialize(version, HexFormat.of().parseHex(bytes));
    }

    private static ClickHouseSplit old(String asked) {
        return new ClickHouseSplit(
                "db.t#0",
                new SplitQuery("SELECT `a` FROM `db`.`t`", List.of("a < 9"), ""),
                List.of(new ResumeKey("`a`", "hex(`a`)", "unhex('", "')")),
                ScanPlan.NO_LIMIT,
                asked,
                42,
                Optional.of(new ResumePoint(List.of("31"), List.of(new UUID(1, -2)))),
                Optional.empty());
    }

    @Test
    void aSplitIsReadOnByTheQueryThatBeganItOnly() {
        ScanPlan plan = plan("a");
        ClickHouseSplit split =
                ClickHouseSplit.of("db.t#0", new SplitQuery("", List.of(), ""), List.of(), plan);
        assertThat(split.fits(plan("a"))).isTrue();
        List.of(plan("b"), plan.withLimit(3), plan.withFilters(List.of("a = 1")))
                .forEach(
                        other -> {
                            assertThat(split.fits(other)).isFalse();
                            assertThatThrownBy(() -> new BlockReading(other).begin(split))
                                    .isInstanceOf(SuppressRestartsException.class)
                                    .hasStackTraceContaining("VELO-IO-007")
                                    .hasStackTraceContaining("another query began to read");
                        });
    }

    @Test
    void whatWasAskedReadsTheSameForEver() {
        assertThat(plan("a").asked())
                .isEqualTo(
                        """
                        `db`.`t`
                        [ScanColumn[path=[a], type=BIGINT, virtual=false]]
                        ROW<`a` BIGINT>
                        []
                        Aggregates[expressions=[], groupBy=[]]
                        -1""");
    }

    private static ScanPlan plan(String column) {
        return ScanPlan.of(
                TARGET,
                new ScanObject("db", "t", ""),
                RowType.of(new LogicalType[] {new BigIntType()}, new String[] {column}),
                new ScanPlan.Reading("", true, new SplitSize(9, 9), false, true));
    }

    @Test
    void stateOfAnotherVersionIsRefused() {
        assertThatThrownBy(
                        () -> new SplitSerializer<>(new SplitLayout()).deserialize(9, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }
}
