// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.metric;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.View;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * The metrics of one operator under {@code velo.<scheme>}. A metric is registered when it is first
 * asked for, once. {@link #counter} and {@link #gauge} belong to the task's thread; so do the
 * counters, except those of {@link #sharedCounter}.
 */
public final class VeloMetrics {

    private static final String GROUP = "velo";

    private final MetricGroup group;
    private final Map<VeloMetric, Counter> counters = new EnumMap<>(VeloMetric.class);
    private final Map<String, Counter> labelled = new HashMap<>();

    private VeloMetrics(MetricGroup group) {
        this.group = group;
    }

    /** The metrics of a scheme within the group of an operator. */
    public static VeloMetrics of(MetricGroup operator, String scheme) {
        // With a key and a value reporters that know labels get one name for all schemes.
        return new VeloMetrics(operator.addGroup(GROUP, scheme));
    }

    /** Metrics that are counted and shown to nobody, for planning and tests. */
    public static VeloMetrics unregistered() {
        return new VeloMetrics(new UnregisteredMetricsGroup());
    }

    /** The group itself, for what a scheme has alone. */
    public MetricGroup group() {
        return group;
    }

    /** A counter for the task's thread. */
    public Counter counter(VeloMetric metric) {
        check(metric, VeloMetric.Kind.COUNTER, false);
        return counters.computeIfAbsent(metric, m -> group.counter(m.text(), new SimpleCounter()));
    }

    /** A counter that any thread may increase. */
    public Counter sharedCounter(VeloMetric metric) {
        check(metric, VeloMetric.Kind.COUNTER, false);
        return counters.computeIfAbsent(
                metric, m -> group.counter(m.text(), new ThreadSafeSimpleCounter()));
    }

    /**
     * The part of a split counter for one value of its label, which any thread may increase.
     *
     * @param value in lower case, from a fixed small set
     */
    public Counter counter(VeloMetric metric, String value) {
        check(metric, VeloMetric.Kind.COUNTER, true);
        return labelled.computeIfAbsent(
                metric.text() + '/' + value,
                key ->
                        group.addGroup(metric.label(), value)
                                .counter(metric.text(), new ThreadSafeSimpleCounter()));
    }

    /** Registers a gauge. */
    public void gauge(VeloMetric metric, Gauge<? extends Number> value) {
        check(metric, VeloMetric.Kind.GAUGE, false);
        group.gauge(metric.text(), value);
    }

    /**
     * Registers the least, the mean and the greatest rate of a counter over the last 24 hours, for
     * the rows that a table reads or writes.
     */
    public void rollingRate(Counter rows) {
        RollingRate rate = new RollingRate(rows, System::nanoTime);
        gauge(VeloMetric.ROLLING_MIN, new UpdatedGauge(rate, rate::least));
        gauge(VeloMetric.ROLLING_AVG, rate::mean);
        gauge(VeloMetric.ROLLING_MAX, rate::most);
    }

    /** A gauge with something that Flink keeps up to date; only metrics can be that. */
    private record UpdatedGauge(View view, Gauge<Double> value) implements Gauge<Double>, View {

        @Override
        public Double getValue() {
            return value.getValue();
        }

        @Override
        public void update() {
            view.update();
        }
    }

    private static void check(VeloMetric metric, VeloMetric.Kind kind, boolean labelled) {
        if (metric.kind() != kind || metric.label().isEmpty() == labelled) {
            throw new IllegalArgumentException(
                    "Metric " + metric.text() + " is not registered in this way.");
        }
    }
}
