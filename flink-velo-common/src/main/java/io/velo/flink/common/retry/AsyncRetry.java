// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tries something that answers later until it works, cannot work, or its budget is used up. No
 * thread waits: the next attempt is started by the scheduler, the first by the caller. Once the
 * scheduler is shut down no further attempt starts and the call fails with its last failure.
 * Immutable, therefore thread-safe.
 */
public final class AsyncRetry {

    private final RetryPlan plan;
    private final FailureClassifier classifier;
    private final RetryListener listener;
    private final ScheduledExecutorService scheduler;
    private final RetryTime time;

    private AsyncRetry(
            RetryPlan plan,
            FailureClassifier classifier,
            RetryListener listener,
            ScheduledExecutorService scheduler,
            RetryTime time) {
        this.plan = plan;
        this.classifier = classifier;
        this.listener = listener;
        this.scheduler = scheduler;
        this.time = time;
    }

    /** Retries that tell nobody. */
    public static AsyncRetry of(
            RetryPlan plan, FailureClassifier classifier, ScheduledExecutorService scheduler) {
        return new AsyncRetry(plan, classifier, RetryListener.SILENT, scheduler, RetryTime.SYSTEM);
    }

    /** The same with somebody who hears of further attempts, from whichever thread. */
    public AsyncRetry telling(RetryListener other) {
        return new AsyncRetry(plan, classifier, other, scheduler, time);
    }

    /** The same by another clock. */
    public AsyncRetry by(RetryTime other) {
        return new AsyncRetry(plan, classifier, listener, scheduler, other);
    }

    /**
     * Starts attempts until one works.
     *
     * @param attempt starts one; a failure that it throws counts like one of its future
     * @return ends with what the attempt gave, or fails with the failure of the last one
     */
    public <T> CompletableFuture<T> call(
            Function<RetryBudget, ? extends CompletionStage<T>> attempt) {
        Call<T> call = new Call<>(attempt);
        call.start();
        return call.result;
    }

    private final class Call<T> {

        private final Function<RetryBudget, ? extends CompletionStage<T>> attempt;
        private final RetryBudget budget = new RetryBudget(plan, classifier, listener, time);
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Call(Function<RetryBudget, ? extends CompletionStage<T>> attempt) {
            this.attempt = attempt;
        }

        void start() {
            if (result.isDone()) {
                // The caller gave it up.
                return;
            }
            CompletionStage<T> stage;
            try {
                stage = attempt.apply(budget);
            } catch (RuntimeException e) {
                failed(e);
                return;
            }
            stage.whenComplete(
                    (value, failure) -> {
                        if (failure == null) {
                            result.complete(value);
                        } else {
                            failed(unwrap(failure));
                        }
                    });
        }

        private void failed(Throwable failure) {
            try {
                Optional<Duration> pause = budget.failed(failure);
                if (pause.isPresent()) {
                    scheduler.schedule(this::start, pause.get().toNanos(), TimeUnit.NANOSECONDS);
                } else {
                    result.completeExceptionally(failure);
                }
            } catch (RejectedExecutionException closed) {
                result.completeExceptionally(failure);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
                result.completeExceptionally(failure);
            }
        }
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
