// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.Map;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * The metrics of a writer that runs inside another one's operator: a group of its own, so that what
 * it sends does not count as sent by the other.
 */
final class NestedMetrics implements SinkWriterMetricGroup {

    private final MetricGroup group;
    private final OperatorIOMetricGroup inputAndOutput =
            UnregisteredMetricsGroup.createOperatorIOMetricGroup();
    private final Counter outErrors;
    private final Counter sendErrors;
    private final Counter sent;
    private final Counter bytesSent;

    NestedMetrics(MetricGroup group) {
        this.group = group;
        this.outErrors = group.counter("numRecordsOutErrors");
        this.sendErrors = group.counter("numRecordsSendErrors");
        this.sent = group.counter("numRecordsSend");
        this.bytesSent = group.counter("numBytesSend");
    }

    @Override
    public Counter getNumRecordsOutErrorsCounter() {
        return outErrors;
    }

    @Override
    public Counter getNumRecordsSendErrorsCounter() {
        return sendErrors;
    }

    @Override
    public Counter getNumRecordsSendCounter() {
        return sent;
    }

    @Override
    public Counter getNumBytesSendCounter() {
        return bytesSent;
    }

    @Override
    public void setCurrentSendTimeGauge(Gauge<Long> gauge) {
        group.gauge("currentSendTime", gauge);
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        return inputAndOutput;
    }

    @Override
    public Counter counter(String name) {
        return group.counter(name);
    }

    @Override
    public <C extends Counter> C counter(String name, C counter) {
        return group.counter(name, counter);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        return group.gauge(name, gauge);
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        return group.histogram(name, histogram);
    }

    @Override
    public <M extends Meter> M meter(String name, M meter) {
        return group.meter(name, meter);
    }

    @Override
    public MetricGroup addGroup(String name) {
        return group.addGroup(name);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return group.addGroup(key, value);
    }

    @Override
    public String[] getScopeComponents() {
        return group.getScopeComponents();
    }

    @Override
    public Map<String, String> getAllVariables() {
        return group.getAllVariables();
    }

    @Override
    public String getMetricIdentifier(String name) {
        return group.getMetricIdentifier(name);
    }

    @Override
    public String getMetricIdentifier(String name, CharacterFilter filter) {
        return group.getMetricIdentifier(name, filter);
    }
}
