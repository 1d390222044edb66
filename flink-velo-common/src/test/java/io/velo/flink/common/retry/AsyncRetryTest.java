// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

        assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void failsWithTheFailureOfTheLastAttempt() {
        CompletableFuture<Integer> result =
                retry(1).call(
                                budget -> {
                                    attempts.incrementAndGet();
                                    return failed(new CompletionException(new IOException("away")));
                                });

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
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

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
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
        CompletableFuture<Integer> result =
                retry(50)
                        .call(
                                budget -> {
                                    attempts.incrementAndGet();
                                    return failed(new IOException("away"));
                                });
        result.cancel(false);

        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(attempts).hasValue(1);
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
