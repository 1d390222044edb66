// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.source.ScanState;
import io.velo.flink.common.source.ScanStateSerializer;
import io.velo.flink.common.source.SplitSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SplitLayoutTest {

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
                                7)
                        .at(
                                42,
                                Optional.of(
                                        new ResumePoint(
                                                List.of("C3A9"), List.of(new UUID(1, -2)))));
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
    void stateOfAnotherVersionIsRefused() {
        assertThatThrownBy(
                        () -> new SplitSerializer<>(new SplitLayout()).deserialize(9, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }
}
