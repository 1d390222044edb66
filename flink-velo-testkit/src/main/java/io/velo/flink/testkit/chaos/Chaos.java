// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs scenarios of one scheme with one seed after the other and says what was found: a line {@code
 * SCENARIO <scheme>/<name> seed=<n> lost=0 …} after each run, and at the end for each seed {@code
 * VERDICT <scheme> seed=<n> lost=0 duplicated=0 torn=0 phantom=0 reordered=0}, which adds up what
 * breaks a promise. A seed with a run that gave no verdict has a line {@code FAILED} instead. Used
 * by one thread.
 */
public final class Chaos {

    private final List<ChaosScenario> scenarios;
    private final Duration length;
    private final PlantedBug bug;
    private final Consumer<String> out;
    private final List<String> lines = new ArrayList<>();
    private boolean broken;

    /**
     * @param scenarios at least one, all of one scheme
     * @param length of each run
     * @param bug to plant, or null
     * @param out takes a line of text
     * @throws IllegalArgumentException if a scenario cannot plant the bug
     */
    public Chaos(
            List<ChaosScenario> scenarios, Duration length, PlantedBug bug, Consumer<String> out) {
        this.scenarios = List.copyOf(scenarios);
        this.length = length;
        this.bug = bug;
        this.out = out;
        for (ChaosScenario scenario : scenarios) {
            if (bug != null && !scenario.plantable().contains(bug)) {
                throw new IllegalArgumentException(cannotPlant(scenario, bug));
            }
        }
    }

    private static String cannotPlant(ChaosScenario scenario, PlantedBug bug) {
        return title(scenario)
                + " cannot plant '"
                + bug.title()
                + "'. It can plant: "
                + scenario.plantable().stream()
                        .map(PlantedBug::title)
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String title(ChaosScenario scenario) {
        return scenario.scheme() + "/" + scenario.name();
    }

    /** Runs all scenarios with this seed. */
    public void run(long seed) throws InterruptedException {
        Verdict all = null;
        for (ChaosScenario scenario : scenarios) {
            Verdict verdict = verdict(scenario, seed);
            if (verdict == null) {
                return;
            }
            all = all == null ? verdict : all.plus(verdict);
        }
        broken |= !all.isClean();
        lines.add(all.line(scenarios.get(0).scheme()));
    }

    /** What breaks a promise, or null if there is no verdict. */
    private Verdict verdict(ChaosScenario scenario, long seed) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Verdict verdict = scenario.run(new ChaosRun(seed, length, bug));
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            out.accept(
                    "SCENARIO "
                            + title(scenario)
                            + " seed="
                            + seed
                            + " "
                            + verdict.numbers()
                            + " seconds="
                            + seconds);
            // Payloads hold line breaks on purpose.
            verdict.examples().forEach(example -> out.accept("  " + example.replace("\n", "\\n")));
            return verdict.against(scenario.promise());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            broken = true;
            lines.add("FAILED " + title(scenario) + " seed=" + seed + ": " + reason(e));
            return null;
        }
    }

    /** A failed job says at the end of its causes why. */
    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last == failure
                ? failure.getMessage()
                : failure.getMessage() + " " + last.getMessage();
    }

    /**
     * Prints one line for each seed that was run.
     *
     * @return whether every promise was kept
     */
    public boolean finish() {
        lines.forEach(out);
        return !broken;
    }
}
