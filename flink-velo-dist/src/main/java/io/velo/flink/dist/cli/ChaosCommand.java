// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.testkit.chaos.Chaos;
import io.velo.flink.testkit.chaos.ChaosScenario;
import io.velo.flink.testkit.chaos.ChaosScenarios;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Workload;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo chaos}: a scheme's promises under faults. */
@Command(
        name = "chaos",
        description = {
            "Kills servers and TaskManagers under a workload, and tells what was lost.",
            "A workload is written through a scheme into a real server while that is killed and "
                    + "frozen, its line is cut, and TaskManagers die; then what is there is compared "
                    + "with what was written. Ends with VERDICT <scheme> seed=<n> lost=0 "
                    + "duplicated=0 torn=0 phantom=0 reordered=0 for each seed, and with code 1 if a promise is broken."
        })
final class ChaosCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SCHEME", description = "Such as kafka.")
    private String scheme;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many runs, each with a workload and faults of its own (default: 1).")
    private int seeds;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "The first seed, to repeat a run; the others follow it (default: any).")
    private Long firstSeed;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description =
                    "How long each run takes, one seed through one scenario, besides the start of"
                            + " its servers and the comparison (default: half a minute).")
    private Double minutes;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many seeds run side by side, each with servers of its own; each takes"
                            + " about half a processor and up to 2 GB (default: 1).")
    private int parallel;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "Only this one of the scheme's scenarios (default: all of them).")
    private String scenario;

    @Option(
            names = "--plant",
            paramLabel = "BUG",
            description = {
                "Puts a bug before the sink, to see whether it is found: drop-rows,",
                "duplicate-after-retry, swap-rows, skip-deletes, emit-aborted, lose-last-batch."
            })
    private String plant;

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || parallel < 1 || minutes != null && !(minutes > 0)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--seeds and --parallel are at least 1 and --minutes more than 0.");
        }
        PrintWriter out = command.commandLine().getOut();
        List<ChaosScenario> scenarios = scenarios();
        Chaos chaos =
                new Chaos(
                        scenarios,
                        length(),
                        plant == null ? null : PlantedBug.titled(plant),
                        line -> {
                            out.println(line);
                            out.flush();
                        });
        long first = firstSeed == null ? Workload.anySeed() : firstSeed;
        chaos.run(first, seeds, parallel);
        return chaos.finish() ? 0 : 1;
    }

    private List<ChaosScenario> scenarios() {
        List<ChaosScenario> all = ChaosScenarios.of(scheme);
        if (scenario == null) {
            return all;
        }
        List<ChaosScenario> wanted = all.stream().filter(s -> s.name().equals(scenario)).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no scenario '"
                            + scenario
                            + "'. Scenarios of "
                            + scheme
                            + ": "
                            + all.stream()
                                    .map(ChaosScenario::name)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return wanted;
    }

    private Duration length() {
        return Duration.ofMillis(minutes == null ? 30_000 : (long) (minutes * 60_000));
    }
}
