// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

    private final AtomicLong now = new AtomicLong();
    private final EndpointHealth health = new EndpointHealth(now::get);

    @Test
    void isUnhealthyAfterThreeBadOnesAndHealsByTwoGoodOnes() {
        assertThat(health.state()).isEqualTo(EndpointHealth.State.HEALTHY);
        health.bad();
        health.bad();
        assertThat(health.state()).isEqualTo(EndpointHealth.State.DEGRADED);
        health.bad();
        assertThat(health.state()).isEqualTo(EndpointHealth.State.UNHEALTHY);

        health.good();
        assertThat(health.state()).isEqualTo(EndpointHealth.State.UNHEALTHY);
        health.bad();
        health.good();
        health.good();
        assertThat(health.state()).isEqualTo(EndpointHealth.State.HEALTHY);
    }

    @Test
    void countsOnlyBadOnesInARow() {
        for (int i = 0; i < 10; i++) {
            health.bad();
            health.good();
        }
        assertThat(health.state()).isEqualTo(EndpointHealth.State.DEGRADED);
    }

    @Test
    void knowsWhenNothingWasHeardOfIt() {
        now.set(Duration.ofSeconds(29).toNanos());
        assertThat(health.isSilentFor(Duration.ofSeconds(30))).isFalse();
        now.set(Duration.ofSeconds(30).toNanos());
        assertThat(health.isSilentFor(Duration.ofSeconds(30))).isTrue();
        health.good();
        assertThat(health.isSilentFor(Duration.ofSeconds(30))).isFalse();
    }
}
