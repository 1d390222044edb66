// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SplitSerializerTest {

    @Test
    void splitsAndStateSurviveACheckpoint() throws IOException {
        ClickHouseSplit split =
                ClickHouseSplit.of(
                                "db.t#0",
                                "SELECT `é` FROM t" + " ".repeat(70_000),
                                List.of(new ResumeKey("`é`", "hex(`é`)", "unhex('", "')")),
                                7)
                        .at(
                                42,
                                Optional.of(
                                        new ResumePoint(
                                                List.of("C3A9"), List.of(new UUID(1, -2)))));
        SplitSerializer splits = new SplitSerializer();
        assertThat(splits.deserialize(splits.getVersion(), splits.serialize(split)))
                .isEqualTo(split);
        EnumeratorState state =
                new EnumeratorState(true, List.of(split, split.at(1, Optional.empty())));
        EnumeratorStateSerializer states = new EnumeratorStateSerializer();
        assertThat(states.deserialize(states.getVersion(), states.serialize(state)))
                .isEqualTo(state);
    }

    @Test
    void stateOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> new SplitSerializer().deserialize(9, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }
}
