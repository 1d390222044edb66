// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotPatienceTest {

    @Test
    void aSlotIsWaitedForLongerThanTheServerWaitsForADeadReader() {
        assertThat(SlotPatience.longest(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(90));
        assertThat(SlotPatience.longest(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(330));
        assertThat(SlotPatience.longest(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(90));
        assertThat(SlotPatience.longest(Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
    }
}
