// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestMatchTest {

    private static final List<String> OPTIONS =
            List.of(
                    "key_pattern",
                    "batch_size",
                    "batch_bytes",
                    "format",
                    "ttl",
                    "type",
                    "max_in_flight");

    @Test
    void twoEditsAreNear() {
        assertThat(NearestMatch.of("key_patern", OPTIONS)).containsExactly("key_pattern");
        assertThat(NearestMatch.of("fromat", OPTIONS)).containsExactly("format");
        assertThat(NearestMatch.of("batch_sizes", OPTIONS)).containsExactly("batch_size");
        assertThat(NearestMatch.of("something", OPTIONS)).isEmpty();
    }

    @Test
    void theSameLettersAreNearInAnyOrderCaseAndSpelling() {
        assertThat(NearestMatch.of("SizeBatch", OPTIONS)).containsExactly("batch_size");
        assertThat(NearestMatch.of("in.flight.max", OPTIONS)).containsExactly("max_in_flight");
    }

    @Test
    void theBestComesFirstAndThreeAreEnough() {
        assertThat(NearestMatch.of("abcd", List.of("abxy", "abce", "abcf", "abcd", "abcg")))
                .containsExactly("abcd", "abce", "abcf");
    }

    @Test
    void aShortWordIsNotNearToEverything() {
        assertThat(NearestMatch.of("x", OPTIONS)).isEmpty();
        assertThat(NearestMatch.of("id", List.of("ab", "di", "x"))).containsExactly("di");
        assertThat(NearestMatch.of("", OPTIONS)).isEmpty();
        assertThat(NearestMatch.of("a".repeat(100_000), OPTIONS)).isEmpty();
    }

    @Test
    void theQuestionNamesThemAll() {
        assertThat(NearestMatch.question("fromat", OPTIONS)).isEqualTo(" Did you mean 'format'?");
        assertThat(NearestMatch.question("abcd", List.of("abce", "abcf", "abcg")))
                .isEqualTo(" Did you mean 'abce', 'abcf' or 'abcg'?");
        assertThat(NearestMatch.question("something", OPTIONS)).isEmpty();
    }
}
