// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VeloMetricTest {

    @Test
    void everyMetricHasANameAUnitAndASentence() {
        assertThat(VeloMetric.values())
                .allSatisfy(
                        metric -> {
                            assertThat(metric.text()).matches("[a-z][a-z0-9_]*");
                            assertThat(metric.unit()).isNotEmpty();
                            assertThat(metric.description()).endsWith(".");
                        });
        assertThat(Arrays.stream(VeloMetric.values()).map(VeloMetric::text))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesToRegisterAMetricAsAnotherKind() {
        VeloMetrics metrics = VeloMetrics.unregistered();

        assertThatThrownBy(() -> metrics.counter(VeloMetric.BREAKER_STATE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.counter(VeloMetric.RETRIES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(metrics.counter(VeloMetric.DLQ_RECORDS))
                .isSameAs(metrics.counter(VeloMetric.DLQ_RECORDS));
    }
}
