// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(10, Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void doublesThePauseUpToTheLongest() {
        assertThat(backoff.pauseMillis(1)).isBetween(80L, 120L);
        assertThat(backoff.pauseMillis(3)).isBetween(320L, 480L);
        assertThat(backoff.pauseMillis(9)).isBetween(1_600L, 2_400L);
        assertThat(backoff.pauseMillis(10_000)).isBetween(1_600L, 2_400L);
    }
}
