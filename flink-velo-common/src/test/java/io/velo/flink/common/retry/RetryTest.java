// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.option.ResolvedOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final FailureClassifier BY_MESSAGE =
            failure -> FailureClass.valueOf(failure.getMessage());

    private final VirtualTime time = new VirtualTime(0);

    @Test
    void doublesThePausesUpToTheLongest() {
        RetryPlan plan = plan(RetryStrategy.EXPONENTIAL, 7, Duration.ofMinutes(10));

        assertThat(pauses(plan, "TRANSIENT")).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
    }

    @Test
    void addsTheIncrementToLinearPauses() {
        RetryPlan plan = plan(RetryStrategy.LINEAR, 5, Duration.ofMinutes(10));

        assertThat(pauses(plan, "TRANSIENT")).containsExactly(100L, 350L, 600L, 850L);
    }

    @Test
    void keepsFixedPausesEqual() {
        RetryPlan plan = plan(RetryStrategy.FIXED, 4, Duration.ofMinutes(10));

        assertThat(pauses(plan, "TRANSIENT")).containsExactly(100L, 100L, 100L);
    }

    @Test
    void makesOneAttemptWithoutAStrategy() {
        RetryPlan plan = plan(RetryStrategy.NONE, 10, Duration.ofMinutes(10));

        assertThat(pauses(plan, "TRANSIENT")).isEmpty();
    }

    @Test
    void triesNothingAgainThatTryingDoesNotCure() {
        RetryPlan plan = plan(RetryStrategy.FIXED, 10, Duration.ofMinutes(10));

        assertThat(pauses(plan, "PERMANENT")).isEmpty();
        assertThat(pauses(plan, "DATA")).isEmpty();
        assertThat(pauses(plan, "DOUBTFUL")).hasSize(2);
    }

    @Test
    void makesOneLastAttemptAtTheEndOfTheTime() {
        RetryPlan plan = plan(RetryStrategy.FIXED, 1000, Duration.ofMillis(250));

        assertThat(pauses(plan, "TRANSIENT")).containsExactly(100L, 100L, 50L);
    }

    @Test
    void leavesTheWholePauseToChanceUnderFullJitter() {
        RetryPlan full =
                new RetryPlan(
                        RetryStrategy.FIXED,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        2,
                        Duration.ZERO,
                        1.0,
                        2,
                        Duration.ofMinutes(1));

        assertThat(full.pause(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(full.pause(1, 0.75)).isEqualTo(Duration.ofMillis(25));
        assertThat(RetryPlan.HOUSE.pause(1, 0.5)).isEqualTo(Duration.ofMillis(90));
    }

    @Test
    void givesTheResultOfTheAttemptThatWorks() throws Exception {
        List<String> told = new ArrayList<>();

        String result =
                retry(plan(RetryStrategy.FIXED, 10, Duration.ofMinutes(1)))
                        .telling((type, attempt, pause, e) -> told.add(type + " " + attempt))
                        .call(
                                budget -> {
                                    if (budget.attempt() < 3) {
                                        throw new IOException("TRANSIENT");
                                    }
                                    return budget.attempt() + " in " + budget.elapsed().toMillis();
                                });

        assertThat(result).isEqualTo("3 in 200");
        assertThat(told).containsExactly("TRANSIENT 1", "TRANSIENT 2");
    }

    @Test
    void defaultsOfTheOptionsAreThoseOfTheHouse() {
        assertThat(RetryPlan.of(ResolvedOptions.none())).isEqualTo(RetryPlan.HOUSE);
        assertThat(RetryOptions.JITTER.kind().parse("0.5")).isEqualTo(0.5);
        assertThatThrownBy(() -> RetryOptions.JITTER.kind().parse("NaN"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetryOptions.MULTIPLIER.kind().parse("0.5"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsAtOnceWhenItsThreadIsInterrupted() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        RetryPlan hours =
                new RetryPlan(
                        RetryStrategy.FIXED,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        1,
                        Duration.ZERO,
                        0,
                        10,
                        Duration.ofDays(1));
        FutureTask<String> task =
                new FutureTask<>(
                        () -> {
                            try {
                                return Retry.of(hours, e -> FailureClass.TRANSIENT)
                                        .call(
                                                budget -> {
                                                    failed.countDown();
                                                    throw new IOException("away");
                                                });
                            } catch (InterruptedException e) {
                                return "interrupted";
                            }
                        });
        Thread thread = new Thread(task);
        thread.start();
        assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();

        thread.interrupt();

        assertThat(task.get(60, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    private List<Long> pauses(RetryPlan plan, String failure) {
        VirtualTime fresh = new VirtualTime(0);
        IOException thrown = new IOException(failure);
        assertThatThrownBy(
                        () ->
                                Retry.of(plan, BY_MESSAGE)
                                        .by(fresh)
                                        .waiting(fresh)
                                        .call(
                                                budget -> {
                                                    throw thrown;
                                                }))
                .isSameAs(thrown);
        return fresh.pausesInMillis();
    }

    private Retry retry(RetryPlan plan) {
        return Retry.of(plan, BY_MESSAGE).by(time).waiting(time);
    }

    private static RetryPlan plan(RetryStrategy strategy, int attempts, Duration timeout) {
        return new RetryPlan(
                strategy,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                2,
                Duration.ofMillis(250),
                0,
                attempts,
                timeout);
    }
}
