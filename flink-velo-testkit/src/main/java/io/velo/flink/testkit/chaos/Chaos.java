// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs scenarios of one scheme with several seeds and says what was found: a line {@code SCENARIO
 * <scheme>/<name> seed=<n> lost=0 …} after each run, and at the end for each seed {@code VERDICT
 * <scheme> seed=<n> lost=0 duplicated=0 torn=0 phantom=0 reordered=0}, which adds up what breaks a
 * promise. A seed with a run that gave no verdict has a line {@code FAILED} instead. Thread-safe.
 */
public final class Chaos {

    private final List<ChaosScenario> scenarios;
    private final Duration length;
    private final PlantedBug bug;
    private final Consumer<String> out;
    private final Map<Long, String> lines = new TreeMap<>();
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

    /**
     * Runs all scenarios with each of these seeds.
     *
     * @param first the first seed; the others follow it
     * @param seeds how many
     * @param atOnce how many of them run side by side, each with servers of its own
     */
    public void run(long first, int seeds, int atOnce) throws InterruptedException {
        AtomicLong next = new AtomicLong(first);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(seeds, atOnce); i++) {
            Thread thread = new Thread(() -> runWhile(next, first + seeds), "velo-chaos-" + i);
            threads.add(thread);
            thread.start();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
    }

    private void runWhile(AtomicLong next, long end) {
        try {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                run(seed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        end(seed, all.line(scenarios.get(0).scheme()), all.isClean());
    }

    private synchronized void end(long seed, String line, boolean isKept) {
        broken |= !isKept;
        lines.put(seed, line);
    }

    private synchronized void say(String line, List<String> examples) {
        out.accept(line);
        // Payloads hold line breaks on purpose.
        examples.forEach(example -> out.accept("  " + example.replace("\n", "\\n")));
    }

    /** What breaks a promise, or null if there is no verdict. */
    private Verdict verdict(ChaosScenario scenario, long seed) throws InterruptedException {
        long start = System.nanoTime();
        try {
            Verdict verdict = scenario.run(new ChaosRun(seed, length, bug));
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            say(
                    "SCENARIO "
                            + title(scenario)
                            + " seed="
                            + seed
                            + " "
                            + verdict.numbers()
                            + " seconds="
                            + seconds,
                    verdict.examples());
            return verdict.against(scenario.promise());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            String line = "FAILED " + title(scenario) + " seed=" + seed + ": " + reason(e);
            say(line, List.of());
            end(seed, line, false);
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
     * Prints one line for each seed that was run, in their order.
     *
     * @return whether every promise was kept
     */
    public synchronized boolean finish() {
        lines.values().forEach(out);
        return !broken;
    }
}
