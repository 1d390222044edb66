// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.secret.Credentials;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyPatternTest {

    @Test
    void makesAGlobOfATemplateAndReadsTheColumnsBack() {
        KeyPattern pattern = pattern("user:{region}:{id}");

        assertThat(pattern.glob()).isEqualTo("user:*:*");
        assertThat(pattern.columns()).containsExactly("region", "id");
        assertThat(pattern.valuesOf("user:eu:7"))
                .containsEntry("region", "eu")
                .containsEntry("id", "7");
        assertThat(pattern.valuesOf("account:7")).isEmpty();
    }

    @Test
    void leavesTheBracesOfAGlobAlone() {
        KeyPattern pattern = pattern("{users}:*");

        assertThat(pattern.glob()).isEqualTo("{users}:*");
        assertThat(pattern.columns()).isEmpty();
    }

    @Test
    void writesDoubledBracesOfATemplateOnce() {
        assertThat(pattern("{{users}}:{id}").glob()).isEqualTo("{users}:*");
    }

    @Test
    void meansAllKeysIfNothingIsSaid() {
        assertThat(pattern(null).glob()).isEqualTo("*");
    }

    private static KeyPattern pattern(String text) {
        RedisEndpoint endpoint = new RedisEndpoint("h", 1, 0, false, Credentials.NONE);
        return KeyPattern.of(
                new RedisTable(endpoint, "t", Optional.ofNullable(text), Optional.empty()));
    }
}
