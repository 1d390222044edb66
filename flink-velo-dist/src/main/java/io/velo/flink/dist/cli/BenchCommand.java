// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.dist.sandbox.SandboxException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code velo bench}: runs a benchmark in a JVM that holds nothing else. */
@Command(
        name = "bench",
        description = {
            "Runs a benchmark.",
            "Its last line is RATIO <benchmark>.<against> <value> goal <goal>. The exit code "
                    + "is 0 whatever the value is."
        })
final class BenchCommand implements Callable<Integer> {

    private static final String MAIN = "io.velo.flink.benchmarks.Benchmarks";

    @Parameters(paramLabel = "NAME", description = "The benchmark, such as uri-parse.")
    private String name;

    @Option(names = "--quick", description = "Measures for seconds only; the value is rougher.")
    private boolean quick;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path target = VeloHome.resolve("flink-velo-benchmarks/target");
        Path jars = target.resolve("dependency");
        if (!Files.isDirectory(jars)) {
            throw new SandboxException(
                    "There is no " + jars + ": run this through the script velo, which makes it.");
        }
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                target.resolve("classes") + File.pathSeparator + jars + "/*",
                                MAIN,
                                name));
        if (quick) {
            words.add("--quick");
        }
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }
}
