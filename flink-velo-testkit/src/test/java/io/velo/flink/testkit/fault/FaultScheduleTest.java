// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults happen where the seed says, and a schedule knows which of them proved anything. */
@Timeout(180)
class FaultScheduleTest {

    /** How much of the work is done at a time, in thousandths. */
    private static final int STEP = 4;

    /** One that began before a step, and the two with which a fault begins after it. */
    private static final int LOOKS = 3;

    private final AtomicLong thousandths = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @Test
    void letsFaultsHappenInTurnInTheMiddleOfTheWork() {
        List<Fault> faults =
                List.of(fault("a", Fault.Effect.DISTURBED), fault("b", Fault.Effect.DISTURBED));
        FaultSchedule schedule = start(7, faults, 4);
        work(schedule, 4);
        schedule.close();
        assertThat(log)
                .containsExactly(
                        "a begins",
                        "a ends",
                        "b begins",
                        "b ends",
                        "a begins",
                        "a ends",
                        "b begins",
                        "b ends");
        assertThat(schedule.landings()).hasSize(4).allMatch(Landing::counts);
        schedule.requireLandings();
    }

    @Test
    void choosesThePointsByTheSeed() {
        assertThat(points(1)).isEqualTo(points(1)).isNotEqualTo(points(2));
    }

    @Test
    void refusesARunWhoseFaultsDisturbedNothing() {
        FaultSchedule schedule = start(7, List.of(fault("a", Fault.Effect.NOTHING)), 3);
        work(schedule, 3);
        schedule.close();
        assertThatThrownBy(schedule::requireLandings)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Only 0 faults");
    }

    @Test
    void refusesARunThatWasOverBeforeTheFaultsCame() {
        FaultSchedule schedule = start(7, List.of(fault("a", Fault.Effect.DISTURBED)), 3);
        thousandths.set(1_000);
        Await.until(() -> schedule.landings().size() == 3);
        schedule.close();
        assertThat(schedule.landings()).noneMatch(Landing::counts);
        assertThatThrownBy(schedule::requireLandings).isInstanceOf(AssertionError.class);
    }

    @Test
    void endsTheFaultThatLastsWhenItIsClosed() {
        thousandths.set(200);
        FaultSchedule schedule =
                FaultSchedule.start(
                        1,
                        List.of(fault("a", Fault.Effect.DISTURBED)),
                        9,
                        Duration.ofHours(1),
                        () -> thousandths.get() / 1_000.0);
        Await.until(() -> log.contains("a begins"));
        schedule.close();
        assertThat(log).containsExactly("a begins", "a ends");
    }

    @Test
    void saysSoWhenAFaultCannotBeMade() {
        Fault broken =
                new SimpleFault(
                        "broken",
                        () -> {
                            throw new IllegalStateException("no such process");
                        },
                        () -> Fault.Effect.NOTHING);
        thousandths.set(900);
        FaultSchedule schedule = start(1, List.of(broken), 1);
        assertThatThrownBy(
                        () -> {
                            Await.until(() -> !isRunning());
                            schedule.close();
                        })
                .hasRootCauseMessage("no such process");
    }

    private static boolean isRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("velo-fault-schedule"));
    }

    private List<Long> points(long seed) {
        thousandths.set(0);
        FaultSchedule schedule = start(seed, List.of(fault("a", Fault.Effect.DISTURBED)), 5);
        work(schedule, 5);
        schedule.close();
        return schedule.landings().stream().map(l -> Math.round(l.begin() * 1_000)).toList();
    }

    /** Goes on by a step as soon as the schedule has seen the last one. */
    private void work(FaultSchedule schedule, int faults) {
        while (thousandths.get() < 1_000) {
            thousandths.addAndGet(STEP);
            long seen = looks.get() + LOOKS;
            while (schedule.landings().size() < faults && looks.get() < seen) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private double done() {
        double done = thousandths.get() / 1_000.0;
        looks.incrementAndGet();
        return done;
    }

    private FaultSchedule start(long seed, List<Fault> faults, int times) {
        return FaultSchedule.start(seed, faults, times, Duration.ofMillis(5), this::done);
    }

    private Fault fault(String title, Fault.Effect effect) {
        return new SimpleFault(
                title,
                () -> log.add(title + " begins"),
                () -> {
                    log.add(title + " ends");
                    return effect;
                });
    }
}
