// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Counts the rows that the sinks of the jobs in this JVM have got, by Flink's own metrics. */
public final class RowCounts implements MetricReporter, MetricReporterFactory {

    private static final Map<Counter, Boolean> ROWS = new ConcurrentHashMap<>();

    /** The setting of a cluster whose rows are to be counted. */
    static Map<String, String> settings() {
        return Map.of("metrics.reporter.rows.factory.class", RowCounts.class.getName());
    }

    /** The rows that came to the sinks of the jobs that run now. */
    static long rows() {
        return ROWS.keySet().stream().mapToLong(Counter::getCount).sum();
    }

    /** Begins anew: no job runs. */
    static void forget() {
        ROWS.clear();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {
        ROWS.clear();
    }

    @Override
    public void close() {
        ROWS.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String operator = group.getAllVariables().get("<operator_name>");
        if (metric instanceof Counter counter
                && name.equals("numRecordsIn")
                && operator != null
                && operator.contains(": Writer")) {
            ROWS.put(counter, true);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        // What a job that ended counted is of no use to the next one.
        ROWS.keySet().removeIf(counter -> counter == metric);
    }
}
