// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

/**
 * One figure of a benchmark.
 *
 * @param name {@code <benchmark>.<figure>}
 * @param value what was measured
 * @param goal what was promised
 */
record Measurement(String name, double value, double goal) {

    /** The line that scripts read. */
    String line() {
        return String.format(
                java.util.Locale.ROOT, "RATIO %s %s goal %s", name, plain(value), plain(goal));
    }

    private static String plain(double number) {
        return number >= 1000
                ? String.format(java.util.Locale.ROOT, "%.0f", number)
                : String.format(java.util.Locale.ROOT, "%.2f", number);
    }
}
