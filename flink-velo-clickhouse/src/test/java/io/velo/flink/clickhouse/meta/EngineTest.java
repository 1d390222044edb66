// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {

    @Test
    void argumentsAreReadUpToTheClosingParenthesis() {
        Engine engine =
                Engine.parse(
                        "ReplacingMergeTree(version, `is deleted`) PARTITION BY toYYYYMM(at) ORDER"
                                + " BY id SETTINGS index_granularity = 8192");
        assertThat(engine.name()).isEqualTo("ReplacingMergeTree");
        assertThat(engine.arguments()).containsExactly("version", "is deleted");
        assertThat(engine.replaces()).isTrue();
    }

    @Test
    void replicatedAndSharedAreTheirOwnFamily() {
        assertThat(
                        Engine.parse(
                                "ReplicatedReplacingMergeTree('/t/{shard}', '{replica}', ver) ORDER"
                                        + " BY id"))
                .isEqualTo(new Engine("ReplacingMergeTree", List.of("ver")));
        assertThat(Engine.parse("SharedMergeTree('/a, (b)', '{replica}') ORDER BY id"))
                .isEqualTo(new Engine("MergeTree", List.of()));
        assertThat(Engine.parse("ReplicatedMergeTree")).hasToString("MergeTree");
    }

    @Test
    void readersSayFinalWhereTheEngineMerges() {
        assertThat(Engine.parse("SummingMergeTree").needsFinal()).isTrue();
        assertThat(Engine.parse("MergeTree ORDER BY id").needsFinal()).isFalse();
        assertThat(Engine.parse("Memory").needsFinal()).isFalse();
    }

    @Test
    void aSortingKeyIsTakenApart() {
        assertThat(KeyText.parts("(k)")).containsExactly("k");
        assertThat(KeyText.parts("a, `b c`, toDate(x, 'U,TC')"))
                .containsExactly("a", "b c", "toDate(x, 'U,TC')");
        assertThat(KeyText.parts("(a), (b)")).containsExactly("a", "b");
        assertThat(KeyText.parts("tuple()")).isEmpty();
        assertThat(KeyText.parts("")).isEmpty();
        assertThat(KeyText.columnsIn("toDate(at) + id_2", List.of("id", "at", "id_2")))
                .containsExactlyInAnyOrder("at", "id_2");
    }
}
