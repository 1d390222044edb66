// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.chaos.ChaosRun;
import io.velo.flink.testkit.chaos.ChaosScenario;
import io.velo.flink.testkit.oracle.Anomaly;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.server.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many {@link HoleRun}s, by keys and by places, with one reader and with two. Each of the four
 * makes at least {@value #ATTEMPTS} attempts that provably hit the window, and goes on until its
 * quarter of the time is over; the verdict's examples say how many there were.
 *
 * @param name the scenario's name
 * @param hole how transactions stay invisible
 */
public record HoleScenario(String name, HoleRun.Hole hole) implements ChaosScenario {

    private static final int ATTEMPTS = 200;
    private static final int TRANSACTIONS = 8;

    /** With fewer hits in so many runs the recipe does not work on this machine. */
    private static final int MOST_FRUITLESS_RUNS = 25;

    private static final int KEPT_EXAMPLES = 8;
    private static final List<String> STRATEGIES = List.of("key", "ctid");
    private static final List<Integer> PARALLELISMS = List.of(1, 2);

    @Override
    public String scheme() {
        return "postgresql";
    }

    @Override
    public Set<PlantedBug> plantable() {
        return Set.of();
    }

    @Override
    public Verdict run(ChaosRun run) throws Exception {
        List<String> examples = new ArrayList<>();
        Map<Anomaly, Long> counts = new EnumMap<>(Anomaly.class);
        Duration each = run.length().dividedBy((long) STRATEGIES.size() * PARALLELISMS.size());
        try (PostgresServer server = PostgresServer.create()) {
            server.start();
            for (String strategy : STRATEGIES) {
                for (int parallelism : PARALLELISMS) {
                    HoleRun first =
                            new HoleRun(hole, strategy, parallelism, TRANSACTIONS, run.seed());
                    attempt(server, first, each, counts, examples);
                }
            }
        }
        return new Verdict(run.seed(), counts, examples);
    }

    private static void attempt(
            PostgresServer server,
            HoleRun first,
            Duration length,
            Map<Anomaly, Long> counts,
            List<String> examples)
            throws Exception {
        long end = System.nanoTime() + length.toNanos();
        int hits = 0;
        int runs = 0;
        int fruitless = 0;
        List<HoleRun.Finding> wrong = new ArrayList<>();
        while (hits < ATTEMPTS || System.nanoTime() < end) {
            HoleRun.Result result = first.withSeed(first.seed() + runs++).run(server);
            hits += result.hits();
            wrong.addAll(result.wrong());
            fruitless = result.hits() == 0 ? fruitless + 1 : 0;
            if (fruitless == MOST_FRUITLESS_RUNS) {
                throw new AssertionError(
                        fruitless + " runs one after the other did not hit the window: " + first);
            }
        }
        wrong.forEach(each -> counts.merge(each.anomaly(), 1L, Long::sum));
        examples.add(
                first.strategy()
                        + ", parallelism "
                        + first.parallelism()
                        + ": "
                        + hits
                        + " attempts hit the window in "
                        + runs
                        + " runs, "
                        + wrong.size()
                        + " rows or changes wrong");
        wrong.stream().limit(KEPT_EXAMPLES).forEach(each -> examples.add(each.toString()));
    }
}
