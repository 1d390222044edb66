// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.testkit.oracle.Delivery;
import io.velo.flink.testkit.oracle.Ledger;
import io.velo.flink.testkit.oracle.LedgerDelivery;
import io.velo.flink.testkit.oracle.PlantedBug;
import io.velo.flink.testkit.oracle.Verdict;
import io.velo.flink.testkit.oracle.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChaosTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void endsWithOneVerdictForEachSeed() throws Exception {
        Chaos chaos = chaos(null, new Direct("a", Verdict.Promise.EXACT), new Direct("b", null));
        chaos.run(1);
        chaos.run(2);

        assertThat(chaos.finish()).isTrue();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .startsWith("SCENARIO direct/a seed=1 lost=0 duplicated=0 torn=0 phantom=0 ");
        assertThat(lines.subList(4, 6))
                .containsExactly(
                        "VERDICT direct seed=1 lost=0 duplicated=0 torn=0 phantom=0 reordered=0",
                        "VERDICT direct seed=2 lost=0 duplicated=0 torn=0 phantom=0 reordered=0");
    }

    @Test
    void runsSeedsSideBySideAndEndsWithTheirVerdictsInOrder() throws Exception {
        Meeting meeting = new Meeting(new Direct("a", null), new CountDownLatch(3));
        Chaos chaos = chaos(null, meeting);
        chaos.run(1, 5, 3);

        assertThat(chaos.finish()).isTrue();
        assertThat(lines).hasSize(10);
        for (int seed = 1; seed <= 5; seed++) {
            assertThat(lines.get(4 + seed))
                    .isEqualTo(
                            "VERDICT direct seed="
                                    + seed
                                    + " lost=0 duplicated=0 torn=0 phantom=0 reordered=0");
        }
    }

    @Test
    void findsAPlantedBugAndSaysWhichRows() throws Exception {
        Chaos chaos = chaos(PlantedBug.DROP_ROWS, new Direct("a", Verdict.Promise.EXACT));
        chaos.run(1);

        assertThat(chaos.finish()).isFalse();
        assertThat(lines.get(lines.size() - 1)).startsWith("VERDICT direct seed=1 lost=20 ");
        assertThat(String.join("\n", lines)).contains("\n  lost: ");
    }

    @Test
    void doesNotCountWhatThePromiseAllows() throws Exception {
        Direct scenario = new Direct("a", Verdict.Promise.AT_LEAST_ONCE);
        Chaos chaos = chaos(PlantedBug.DUPLICATE_AFTER_RETRY, scenario);
        chaos.run(1);

        assertThat(chaos.finish()).isTrue();
        assertThat(lines.get(0)).containsPattern("SCENARIO .* duplicated=[1-9]");
        assertThat(lines.get(lines.size() - 1)).contains(" duplicated=0 ");
    }

    @Test
    void failsWhenARunGivesNoVerdict() throws Exception {
        Chaos chaos = chaos(null, new Direct("a", null), new Unproved());
        chaos.run(7);

        assertThat(chaos.finish()).isFalse();
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("FAILED direct/unproved seed=7: No fault hit the work.");
        assertThat(lines).noneMatch(line -> line.startsWith("VERDICT"));
    }

    @Test
    void refusesABugThatCannotBeSeen() {
        assertThatThrownBy(() -> chaos(PlantedBug.DROP_ROWS, new Unproved()))
                .hasMessage(
                        "direct/unproved cannot plant 'drop-rows'. It can plant: stale-lookups.");
    }

    @Test
    void knowsTheScenariosOfEverySystem() {
        assertThat(ChaosScenarios.of("clickhouse")).isNotEmpty();
        assertThat(Stream.of("kafka", "redis").map(ChaosScenarios::of)).noneMatch(List::isEmpty);
        assertThatThrownBy(() -> ChaosScenarios.of("oracle"))
                .hasMessageContaining("'oracle'. Schemes: clickhouse, kafka, ");
    }

    private Chaos chaos(PlantedBug bug, ChaosScenario... scenarios) {
        return new Chaos(List.of(scenarios), Duration.ofSeconds(1), bug, lines::add);
    }

    /** Delivers a workload of appended rows to the oracle without anything between. */
    private record Direct(String name, Verdict.Promise promised) implements ChaosScenario {

        @Override
        public String scheme() {
            return "direct";
        }

        @Override
        public Verdict.Promise promise() {
            return promised == null ? ChaosScenario.super.promise() : promised;
        }

        @Override
        public Set<PlantedBug> plantable() {
            return Set.of(PlantedBug.DROP_ROWS, PlantedBug.DUPLICATE_AFTER_RETRY);
        }

        @Override
        public Verdict run(ChaosRun run) {
            Workload workload = Workload.appends(run.seed()).changes(20_000);
            Ledger ledger = new Ledger(workload);
            Delivery delivery = new LedgerDelivery(ledger);
            if (run.bug() != null) {
                delivery = run.bug().before(delivery);
            }
            for (int writer = 0; writer < workload.writers(); writer++) {
                for (var all = workload.transactions(writer); all.hasNext(); ) {
                    var transaction = all.next();
                    ledger.wrote(transaction, 0);
                    delivery.deliver(transaction);
                }
            }
            delivery.close();
            return ledger.verdict();
        }
    }

    /** Runs that all wait until some of them run at once. */
    private record Meeting(Direct direct, CountDownLatch together) implements ChaosScenario {

        @Override
        public String scheme() {
            return direct.scheme();
        }

        @Override
        public String name() {
            return direct.name();
        }

        @Override
        public Set<PlantedBug> plantable() {
            return Set.of();
        }

        @Override
        public Verdict run(ChaosRun run) throws Exception {
            together.countDown();
            assertThat(together.await(60, TimeUnit.SECONDS)).isTrue();
            return direct.run(run);
        }
    }

    /** A run that proves nothing. */
    private record Unproved() implements ChaosScenario {

        @Override
        public String scheme() {
            return "direct";
        }

        @Override
        public String name() {
            return "unproved";
        }

        @Override
        public Set<PlantedBug> plantable() {
            return Set.of(PlantedBug.STALE_LOOKUPS);
        }

        @Override
        public Verdict run(ChaosRun run) {
            throw new AssertionError("No fault hit the work.");
        }
    }
}
