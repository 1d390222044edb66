// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Workload;
import java.time.Duration;

/**
 * What one run of a scenario is asked for.
 *
 * @param seed determines the workload and when faults happen
 * @param length about how long the run takes, the start of its servers excepted
 * @param bug a bug to plant, one of those that the scenario can plant, or null
 */
public record ChaosRun(long seed, Duration length, PlantedBug bug) {

    /** How fast rows are written, so that faults of seconds find rows on their way. */
    static final int ROWS_PER_SECOND = 2_000;

    /** One fault of one second, and the time in which the job recovers and works. */
    private static final Duration PER_FAULT = Duration.ofMillis(3_000);

    private static final int FEWEST_FAULTS = 9;
    private static final int KEYS = 2_000;

    /** How long each fault lasts. */
    public Duration faultLength() {
        return Duration.ofSeconds(1);
    }

    /** How many faults of {@link #faultLength()} fill the run; no fewer than prove something. */
    public int faults() {
        return (int) Math.max(FEWEST_FAULTS, length.dividedBy(PER_FAULT));
    }

    /** Changes of two writers that last as long as the faults and half as long again. */
    public Workload workload(Workload.Shape shape) {
        long seconds = faults() * faultLength().toSeconds() * 3 / 2;
        return new Workload(seed, shape, 2, seconds * ROWS_PER_SECOND, KEYS);
    }
}
