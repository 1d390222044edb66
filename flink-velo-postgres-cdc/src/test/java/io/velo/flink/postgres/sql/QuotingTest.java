// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QuotingTest {

    @Test
    void quotesNamesWhateverTheyAre() {
        assertThat(Identifier.of("Orders").quoted()).isEqualTo("\"Orders\"");
        assertThat(Identifier.of("a\"b").quoted()).isEqualTo("\"a\"\"b\"");
        assertThat(Identifier.of("t; drop table x; --").quoted())
                .isEqualTo("\"t; drop table x; --\"");
        assertThat(TableName.of("s.x", "t").quoted()).isEqualTo("\"s.x\".\"t\"");
    }

    @Test
    void refusesNamesThatNoObjectCanHave() {
        assertThat(Identifier.of("ü".repeat(31)).name()).hasSize(31);
        for (String name : new String[] {"", "a\0b", "ü".repeat(32), "x".repeat(64), "\ud800"}) {
            assertThatThrownBy(() -> Identifier.of(name)).hasMessageContaining("VELO-OPT-001");
        }
        assertThatThrownBy(() -> Identifier.of(null)).hasMessageContaining("VELO-OPT-001");
    }

    @Test
    void writesLiteralsThatMeanTheSameUnderEverySetting() {
        assertThat(Quoting.literal("it's")).isEqualTo("'it''s'");
        assertThat(Quoting.literal("\\'; drop")).isEqualTo(" E'\\\\''; drop'");
        assertThatThrownBy(() -> Quoting.literal("a\0"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
