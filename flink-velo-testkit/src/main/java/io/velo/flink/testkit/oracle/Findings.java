// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what is wrong and keeps the first examples of each kind. Not thread-safe. */
final class Findings {

    private static final int KEPT_OF_EACH = 5;

    private final Map<Anomaly, Long> counts = new EnumMap<>(Anomaly.class);
    private final Map<Anomaly, List<String>> examples = new EnumMap<>(Anomaly.class);

    void add(Anomaly anomaly, String what) {
        counts.merge(anomaly, 1L, Long::sum);
        keep(anomaly, anomaly.name().toLowerCase(Locale.ROOT) + ": " + what);
    }

    void addAll(Findings others) {
        others.counts.forEach((anomaly, count) -> counts.merge(anomaly, count, Long::sum));
        others.examples.forEach((anomaly, texts) -> texts.forEach(text -> keep(anomaly, text)));
    }

    private void keep(Anomaly anomaly, String text) {
        List<String> kept = examples.computeIfAbsent(anomaly, any -> new ArrayList<>());
        if (kept.size() < KEPT_OF_EACH) {
            kept.add(text);
        }
    }

    Map<Anomaly, Long> counts() {
        return counts;
    }

    List<String> examples() {
        return examples.values().stream().flatMap(List::stream).toList();
    }
}
