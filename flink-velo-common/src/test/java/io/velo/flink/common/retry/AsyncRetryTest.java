// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncRetryTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger attempts = new AtomicInteger();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void startsAttemptsUntilOneWorks() throws Exception {
        CompletableFuture<Integer> result =
                retry(1).call(
                                budget ->
                                        budget.attempt() < 4
                                                ? failed(new IOException("away"))
                                                : CompletableFuture.completedFuture(
                                                        budget.attempt()));

        assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void failsWithTheFailureOfTheLastAttempt() {
        CompletableFuture<Integer> result =
                retry(1).call(
                                budget -> {
                                    attempts.incrementAndGet();
                                    return failed(new CompletionException(new IOException("away")));
                                });

        assertThatThrownBy(() -> result.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("away");
        assertThat(attempts).hasValue(5);
    }

    @Test
    void countsAFailureThatTheStartThrows() {
        CompletableFuture<Integer> result =
                retry(1).call(
                                budget -> {
                                    attempts.incrementAndGet();
                                    throw new IllegalStateException("no connection");
                                });

        assertThatThrownBy(() -> result.get(60, TimeUnit.SECONDS))
                .hasRootCauseMessage("no connection");
        assertThat(attempts).hasValue(5);
    }

    @Test
    void startsNothingMoreAfterItsSchedulerWasStopped() {
        scheduler.shutdownNow();

        CompletableFuture<Integer> result =
                retry(1).call(budget -> failed(new IOException("away")));

        assertThat(result).isCompletedExceptionally();
    }

    @Test
    void startsNothingMoreAfterTheCallerGaveUp() throws Exception {
        // Holds the next attempt back until the caller has given up.
        CountDownLatch givenUp = new CountDownLatch(1);
        scheduler.execute(() -> await(givenUp));
        CompletableFuture<Integer> result =
                retry(1).call(
                                budget -> {
                                    attempts.incrementAndGet();
                                    return failed(new IOException("away"));
                                });
        result.cancel(false);
        givenUp.countDown();

        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(attempts).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AsyncRetry retry(long pauseMillis) {
        RetryPlan plan =
                new RetryPlan(
                        RetryStrategy.FIXED,
                        Duration.ofMillis(pauseMillis),
                        Duration.ofSeconds(1),
                        1,
                        Duration.ZERO,
                        0,
                        5,
                        Duration.ofMinutes(1));
        return AsyncRetry.of(plan, failure -> FailureClass.TRANSIENT, scheduler);
    }

    private static CompletableFuture<Integer> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }
}
