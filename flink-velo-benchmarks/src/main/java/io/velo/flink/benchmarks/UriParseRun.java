// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link UriParseBenchmark} in JVMs of their own, on one thread. */
final class UriParseRun {

    private static final double GOAL = 2_000_000;

    private UriParseRun() {}

    static List<Measurement> run(Effort effort) throws RunnerException {
        boolean quick = effort == Effort.QUICK;
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(
                                "^" + UriParseBenchmark.class.getName().replace(".", "\\.") + "\\.")
                        .forks(quick ? 1 : 3)
                        .warmupIterations(quick ? 8 : 10)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgs("-Xms512m", "-Xmx512m")
                        .addProfiler(CoreRateProfiler.class)
                        .shouldFailOnError(true);
        RunResult result = new Runner(options.build()).runSingle();
        double perSecond = CoreRateProfiler.median(result);
        return List.of(new Measurement("uri-parse.ops_per_second", perSecond, GOAL));
    }
}
