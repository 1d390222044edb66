// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

class RollingRateTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-5);
    private final SimpleCounter rows = new SimpleCounter();
    private final RollingRate rate = new RollingRate(rows, now::get);

    /** A minute with so many rows a second, looked at every five. */
    private void minute(int rowsPerSecond) {
        for (int look = 0; look < 12; look++) {
            rows.inc(5L * rowsPerSecond);
            rate.update();
            now.addAndGet(5 * SECOND);
        }
        rate.update();
    }

    @Test
    void knowsNothingBeforeTheFirstMinuteIsOver() {
        rows.inc(1_000);
        rate.update();

        assertThat(rate.least()).isZero();
        assertThat(rate.mean()).isZero();
        assertThat(rate.most()).isZero();
    }

    @Test
    void tellsTheLeastTheMeanAndTheMost() {
        minute(10);
        minute(40);
        minute(10);

        assertThat(rate.least()).isEqualTo(10);
        assertThat(rate.mean()).isEqualTo(20);
        assertThat(rate.most()).isEqualTo(40);
    }

    @Test
    void forgetsWhatIsOlderThanADay() {
        minute(1_000);
        for (int i = 0; i < RollingRate.MINUTES; i++) {
            minute(10);
        }

        assertThat(rate.most()).isEqualTo(10);
    }

    @Test
    void countsMinutesInWhichNobodyLooked() {
        minute(10);
        now.addAndGet(3 * 60 * SECOND);
        rate.update();

        assertThat(rate.least()).isZero();
        assertThat(rate.mean()).isEqualTo(2.5);
    }
}
