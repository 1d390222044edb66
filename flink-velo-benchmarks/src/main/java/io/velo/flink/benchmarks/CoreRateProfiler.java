// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Counts operations per second of processor time, that of the compiler and the garbage collector
 * included: what one core does, also when other processes take turns on it. JMH's own score counts
 * by the clock on the wall.
 */
public final class CoreRateProfiler implements InternalProfiler {

    private static final String LABEL = "ops_per_core_second";

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long startNanos;

    /** The median over all measured iterations of all forks. */
    static double median(RunResult result) {
        return result.getSecondaryResults().get(LABEL).getStatistics().getPercentile(50);
    }

    @Override
    public String getDescription() {
        return "Operations per second of processor time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        startNanos = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double seconds = (system.getProcessCpuTime() - startNanos) / 1e9;
        double rate = result.getMetadata().getAllOps() / seconds;
        return List.of(new ScalarResult(LABEL, rate, "ops/s", AggregationPolicy.AVG));
    }
}
