// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The line that machines read, and what breaks a promise. */
class VerdictTest {

    @Test
    void printsOneLineForMachines() {
        assertThat(new Verdict(42, Map.of(), List.of()).line("redis"))
                .isEqualTo(
                        "VERDICT redis seed=42 lost=0 duplicated=0 torn=0 phantom=0 reordered=0");
        Verdict bad = new Verdict(7, Map.of(Anomaly.LOST, 3L, Anomaly.STALE, 1L), List.of("x"));
        assertThat(bad.line("kafka"))
                .isEqualTo(
                        "VERDICT kafka seed=7 lost=3 duplicated=0 torn=0 phantom=0 reordered=0"
                                + " stale=1");
    }

    @Test
    void namesSeedAndExamplesWhenAPromiseIsBroken() {
        Verdict bad = new Verdict(7, Map.of(Anomaly.LOST, 3L), List.of("lost: this one"));
        assertThatThrownBy(() -> bad.require(Verdict.Promise.AT_LEAST_ONCE, "kafka"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dvelo.seed=7")
                .hasMessageContaining("lost=3")
                .hasMessageContaining("lost: this one");
        new Verdict(7, Map.of(), List.of()).require(Verdict.Promise.EXACT, "kafka");
    }

    @Test
    void allowsDuplicatesOnlyWhereTheyArePromised() {
        Verdict twice = new Verdict(7, Map.of(Anomaly.DUPLICATED, 1L), List.of());
        assertThat(twice.keeps(Verdict.Promise.AT_LEAST_ONCE)).isTrue();
        assertThat(twice.keeps(Verdict.Promise.EXACT)).isFalse();
    }
}
