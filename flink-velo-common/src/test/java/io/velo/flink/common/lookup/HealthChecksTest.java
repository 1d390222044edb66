// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.retry.EndpointHealth;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HealthChecksTest {

    @Test
    void findOutThatAnIdleEndpointIsAwayAndThatItIsBack() {
        Shelf shelf = new Shelf("shelf://checked");
        Endpoint<Integer> endpoint = Endpoint.of(shelf, Settings.plain());
        shelf.down = true;

        try (HealthChecks checks =
                new HealthChecks(List.of(endpoint), "velo-test-health", Duration.ofMillis(5))) {
            await(endpoint, EndpointHealth.State.UNHEALTHY);
            shelf.down = false;
            await(endpoint, EndpointHealth.State.HEALTHY);
            assertThat(checks).isNotNull();
        }
    }

    private static void await(Endpoint<?> endpoint, EndpointHealth.State state) {
        while (endpoint.health().state() != state) {
            Thread.onSpinWait();
        }
    }
}
