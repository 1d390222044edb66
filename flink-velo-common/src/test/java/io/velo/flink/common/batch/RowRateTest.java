// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RowRateTest {

    private final VeloMetrics metrics = VeloMetrics.unregistered();

    @Test
    void holdsASubtaskToItsShare() throws Exception {
        RowRate rate =
                RowRate.of(400, 2, time -> Thread.sleep(time.plusMillis(1).toMillis()), metrics);
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            rate.awaitRow();
        }

        // 100 rows at 200 a second, of which the first 4 are free.
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(450));
        assertThat(metrics.counter(VeloMetric.RATE_LIMIT_WAIT).getCount()).isPositive();
    }

    @Test
    void holdsNobodyBackWithoutALimit() throws Exception {
        RowRate rate =
                RowRate.of(
                        null,
                        2,
                        time -> {
                            throw new AssertionError("waited");
                        },
                        metrics);
        for (int i = 0; i < 1000; i++) {
            rate.awaitRow();
        }

        assertThat(metrics.counter(VeloMetric.RATE_LIMIT_WAIT).getCount()).isZero();
    }
}
