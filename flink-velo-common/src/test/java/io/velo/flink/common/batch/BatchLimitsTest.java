// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.secret.Credentials;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchLimitsTest {

    private static final BatchLimits OWN =
            BatchLimits.fixed(500, 1 << 20, Duration.ofSeconds(1), 3);

    @Test
    void aStrategyChoosesWhatTheUserDidNotGive() {
        assertThat(limits(Map.of())).isEqualTo(OWN);
        assertThat(under(BatchStrategy.LOW_LATENCY).rows()).isEqualTo(1);
        assertThat(under(BatchStrategy.LOW_LATENCY).longestWait()).isEqualTo(Duration.ofMillis(1));
        assertThat(under(BatchStrategy.MEGA_BATCH).rows()).isEqualTo(50_000);
        assertThat(under(BatchStrategy.MEGA_BATCH).inFlight()).isEqualTo(2);
        assertThat(under(BatchStrategy.MEMORY_BASED).rows()).isEqualTo(Integer.MAX_VALUE);
        assertThat(under(BatchStrategy.TIME_WINDOW).bytes()).isEqualTo(1 << 20);
    }

    @Test
    void aStrategyNeverOverridesWhatTheUserGave() {
        BatchLimits limits =
                limits(
                        Map.of(
                                BatchOptions.STRATEGY,
                                BatchStrategy.MEGA_BATCH,
                                CommonOptions.BATCH_SIZE,
                                7,
                                CommonOptions.BATCH_TIMEOUT,
                                Duration.ofMillis(20),
                                CommonOptions.MAX_IN_FLIGHT,
                                5));

        assertThat(limits).isEqualTo(BatchLimits.fixed(7, 1 << 20, Duration.ofMillis(20), 5));
    }

    @Test
    void anAdaptiveSizeHasBounds() {
        assertThat(under(BatchStrategy.ADAPTIVE_SIZE).adaptive())
                .isEqualTo(new BatchLimits.AdaptiveSize(10, 1000, Duration.ofMillis(100)));
        assertThat(under(BatchStrategy.ADAPTIVE_SIZE).rows()).isEqualTo(10);
    }

    @Test
    void refusesBoundsWithoutAnAdaptiveSize() {
        assertThatThrownBy(() -> limits(Map.of(BatchOptions.MIN_SIZE, 5)))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("VELO-OPT-002");
        assertThatThrownBy(
                        () ->
                                limits(
                                        Map.of(
                                                BatchOptions.STRATEGY,
                                                BatchStrategy.ADAPTIVE_SIZE,
                                                BatchOptions.MIN_SIZE,
                                                2000)))
                .isInstanceOf(VeloException.class)
                .hasMessageContaining("more than 'batch.max-size'");
    }

    private static BatchLimits under(BatchStrategy strategy) {
        return limits(Map.of(BatchOptions.STRATEGY, strategy));
    }

    private static BatchLimits limits(Map<SchemeOption<?>, Object> given) {
        Map<String, Object> values = new HashMap<>();
        given.forEach((option, value) -> values.put(option.foldedName(), value));
        return BatchLimits.of(new ResolvedOptions(values, Map.of(), Credentials.NONE), OWN);
    }
}
