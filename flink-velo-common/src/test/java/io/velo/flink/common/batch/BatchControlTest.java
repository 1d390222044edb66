// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.junit.jupiter.api.Test;

class BatchControlTest {

    private final Timers timers = new Timers();
    private final List<SealReason> sealed = new ArrayList<>();
    private final VeloMetrics metrics = VeloMetrics.unregistered();

    @Test
    void sealsByRowsOrBytesWhicheverIsReachedFirst() {
        BatchControl control = control(BatchLimits.fixed(3, 100, Duration.ZERO, 1));

        assertThat(control.added(1, 10)).isNull();
        assertThat(control.added(2, 20)).isNull();
        assertThat(control.added(3, 30)).isEqualTo(SealReason.ROWS);
        control.sealed(SealReason.ROWS);
        assertThat(control.added(1, 100)).isEqualTo(SealReason.BYTES);
        assertThat(timers.callbacks).isEmpty();
    }

    @Test
    void sealsByTimeOnlyTheBatchForWhichTheTimerWasSet() throws Exception {
        BatchControl control = control(BatchLimits.fixed(10, 100, Duration.ofSeconds(1), 1));
        control.added(1, 1);
        control.sealed(SealReason.CHECKPOINT);
        control.added(1, 1);
        assertThat(timers.times).containsExactly(6000L, 6000L);

        timers.callbacks.get(0).onProcessingTime(6000);
        assertThat(sealed).isEmpty();
        timers.callbacks.get(1).onProcessingTime(6000);
        assertThat(sealed).containsExactly(SealReason.TIME);
    }

    @Test
    void countsWhatSealedBatches() {
        BatchControl control = control(BatchLimits.fixed(1, 100, Duration.ZERO, 1));
        control.added(1, 1);
        control.sealed(SealReason.ROWS);
        control.added(1, 1);
        control.sealed(SealReason.ROWS);
        control.sealed(SealReason.END);

        assertThat(metrics.counter(VeloMetric.FLUSHES, "rows").getCount()).isEqualTo(2);
        assertThat(metrics.counter(VeloMetric.FLUSHES, "end").getCount()).isEqualTo(1);
        assertThat(metrics.counter(VeloMetric.FLUSHES, "time").getCount()).isZero();
    }

    @Test
    void anAdaptiveSizeGrowsBelowTheTargetAndShrinksAboveIt() {
        BatchControl control =
                control(
                        new BatchLimits(
                                10,
                                1 << 20,
                                Duration.ZERO,
                                1,
                                new BatchLimits.AdaptiveSize(10, 40, Duration.ofMillis(100))));

        control.written(10, 5);
        assertThat(control.mostRows()).isEqualTo(12);
        control.written(3, 5);
        assertThat(control.mostRows()).as("a batch that was not full").isEqualTo(12);
        for (int i = 0; i < 20; i++) {
            control.written(control.mostRows(), 5);
        }
        assertThat(control.mostRows()).isEqualTo(40);
        control.written(40, 200);
        assertThat(control.mostRows()).isEqualTo(20);
        control.written(20, 10_000);
        assertThat(control.mostRows()).isEqualTo(10);
    }

    private BatchControl control(BatchLimits limits) {
        return new BatchControl(limits, timers, metrics, sealed::add);
    }

    private static final class Timers implements ProcessingTimeService {

        private final List<Long> times = new ArrayList<>();
        private final List<ProcessingTimeCallback> callbacks = new ArrayList<>();

        @Override
        public long getCurrentProcessingTime() {
            return 5000;
        }

        @Override
        public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback callback) {
            times.add(time);
            callbacks.add(callback);
            return null;
        }
    }
}
