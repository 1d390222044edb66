// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The command line of the benchmarks: {@code NAME [--quick]}. It prints progress and ends with one
 * line {@code RATIO <name> <value> goal <goal>} per figure. The exit code is 0 whatever the figures
 * are, 2 for wrong arguments, 1 if a benchmark could not run.
 */
public final class Benchmarks {

    private static final Map<String, Function<Effort, Callable<List<Measurement>>>> ALL =
            new TreeMap<>(
                    Map.of(
                            "postgres-sink", effort -> () -> PostgresSinkRun.run(effort),
                            "clickhouse-sink", effort -> () -> ClickHouseSinkRun.run(effort),
                            "clickhouse-scan", effort -> () -> ClickHouseScanRun.run(effort),
                            "clickhouse-lookup", effort -> () -> ClickHouseLookupRun.run(effort),
                            "postgres-lookup", effort -> () -> PostgresLookupRun.run(effort),
                            "postgres-scan", effort -> () -> PostgresScanRun.run(effort),
                            "dead-letters", effort -> () -> DeadLettersRun.run(effort),
                            "postgres-snapshot", effort -> () -> PostgresSnapshotRun.run(effort),
                            "postgres-stream", effort -> () -> PostgresStreamRun.run(effort),
                            "uri-parse", effort -> () -> UriParseRun.run(effort)));

    private Benchmarks() {}

    /** Runs one benchmark. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one benchmark and returns the exit code. */
    static int run(String[] arguments) {
        boolean quick = arguments.length == 2 && arguments[1].equals("--quick");
        if (arguments.length == 0 || arguments.length > 1 && !quick) {
            System.err.println("Usage: NAME [--quick], with NAME one of: " + names() + ".");
            return 2;
        }
        Function<Effort, Callable<List<Measurement>>> benchmark = ALL.get(arguments[0]);
        if (benchmark == null) {
            System.err.println(
                    "No benchmark is called '" + arguments[0] + "'. There are: " + names() + ".");
            return 2;
        }
        try {
            List<Measurement> figures = benchmark.apply(quick ? Effort.QUICK : Effort.FULL).call();
            figures.forEach(figure -> System.out.println(figure.line()));
            return 0;
        } catch (Exception failure) {
            System.err.println(
                    "The benchmark '" + arguments[0] + "' could not run: " + failure.getMessage());
            return 1;
        }
    }

    private static String names() {
        return String.join(", ", ALL.keySet());
    }
}
