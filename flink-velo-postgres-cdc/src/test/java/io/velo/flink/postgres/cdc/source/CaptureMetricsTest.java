// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;

/** What a reader shows of itself. */
class CaptureMetricsTest {

    private final Shown shown = new Shown();
    private final CaptureProgress progress = new CaptureProgress();

    @Test
    void saysHowLateChangesComeOnceTheFirstHasCome() {
        new CaptureMetrics(shown, progress);
        assertThat(shown.value("currentFetchEventTimeLag")).isEqualTo(-1L);

        progress.fetched(10_000, 10_250);
        assertThat(shown.value("currentFetchEventTimeLag")).isEqualTo(250L);

        progress.fetched(10_000, 9_000);
        assertThat(shown.value("currentFetchEventTimeLag")).isEqualTo(0L);
    }

    @Test
    void countsRowsThatWereReadBefore() {
        new CaptureMetrics(shown, progress);
        progress.rowsRead(40);
        progress.rowsRead(2);

        assertThat(shown.value("snapshot_rows")).isEqualTo(42L);
    }

    @Test
    void aBatchKnowsWhenItsLastChangeWasCommitted() {
        ChangeBatch batch = new ChangeBatch();
        assertThat(batch.lastMillis()).isEqualTo(-1);

        batch.begin(StreamPosition.at(1, 1), 5, 7, 1_000);
        change(batch, 1);
        batch.begin(StreamPosition.at(1, 6), 9, 8, 2_000);
        change(batch, 1);
        batch.endAt(StreamPosition.at(1, 10), 0);

        assertThat(batch.lastMillis()).isEqualTo(2_000);
    }

    private static void change(ChangeBatch batch, long ordinal) {
        batch.add(new GenericRowData(1));
        batch.endChange(ordinal, 4);
    }

    /** Keeps the gauges of all groups. */
    private static final class Shown extends UnregisteredMetricsGroup {

        private final Map<String, Gauge<?>> gauges = new HashMap<>();

        Object value(String name) {
            return gauges.get(name).getValue();
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return this;
        }
    }
}
