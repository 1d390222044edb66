// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts further attempts by class and logs one line for each, at INFO from the second pause of a
 * call on. Thread-safe.
 */
public final class RetryMetrics implements RetryListener {

    private static final Logger LOG = LoggerFactory.getLogger(RetryMetrics.class);

    private final String what;
    private final Map<FailureClass, Counter> retries = new EnumMap<>(FailureClass.class);

    /**
     * Counts in these metrics.
     *
     * @param what what is tried, for the log: "A write to table t", with nothing secret in it
     */
    public RetryMetrics(VeloMetrics metrics, String what) {
        this.what = what;
        for (FailureClass type : FailureClass.values()) {
            if (type.mostAttempts() > 1) {
                retries.put(type, metrics.counter(VeloMetric.RETRIES, type.label()));
            }
        }
    }

    @Override
    public void retrying(FailureClass type, int attempt, Duration pause, Throwable failure) {
        retries.get(type).inc();
        if (attempt == 1) {
            // A single hiccup is no news; the counter has it.
            LOG.debug("{} failed and is tried again.", what, failure);
        } else {
            LOG.info(
                    "{} failed {} times and is tried again in {} ms: {}",
                    what,
                    attempt,
                    pause.toMillis(),
                    failure.getMessage());
        }
    }
}
