// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rates of several contestants that ran in turn, so that what else the machine does meets all of
 * them.
 */
final class Rates {

    private final Map<String, List<Double>> byName = new TreeMap<>();

    /** Notes a run and prints it. */
    void add(String name, long rows, Duration elapsed) {
        add(name, rows / (elapsed.toNanos() / 1e9));
    }

    /** Notes a run and prints it. */
    void add(String name, double perSecond) {
        byName.computeIfAbsent(name, any -> new ArrayList<>()).add(perSecond);
        System.out.printf(Locale.ROOT, "%-28s %,12.0f /s%n", name, perSecond);
    }

    /** The median of a contestant. */
    double of(String name) {
        List<Double> sorted = byName.get(name).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** The ratio of two medians. */
    Measurement ratio(String figure, String name, String against, double goal) {
        return new Measurement(figure, of(name) / of(against), goal);
    }
}
