// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.time.Duration;
import java.util.Optional;

/**
 * Tries something until it works, cannot work, or its budget is used up, in the calling thread. An
 * interruption ends it at once, in a pause as in an attempt that heeds it. Immutable; as
 * thread-safe as the waiting it was given.
 */
public final class Retry {

    /**
     * Something that may fail.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Attempt<T> {
        /**
         * One attempt.
         *
         * @param budget says which attempt it is and how long all have taken
         */
        T run(RetryBudget budget) throws Exception;
    }

    private final RetryPlan plan;
    private final FailureClassifier classifier;
    private final RetryListener listener;
    private final Waiting waiting;
    private final RetryTime time;

    private Retry(
            RetryPlan plan,
            FailureClassifier classifier,
            RetryListener listener,
            Waiting waiting,
            RetryTime time) {
        this.plan = plan;
        this.classifier = classifier;
        this.listener = listener;
        this.waiting = waiting;
        this.time = time;
    }

    /** Retries that sleep between attempts and tell nobody. */
    public static Retry of(RetryPlan plan, FailureClassifier classifier) {
        return new Retry(
                plan, classifier, RetryListener.SILENT, Waiting.SLEEPING, RetryTime.SYSTEM);
    }

    /** The same with somebody who hears of further attempts. */
    public Retry telling(RetryListener other) {
        return new Retry(plan, classifier, other, waiting, time);
    }

    /** The same with another way to wait. */
    public Retry waiting(Waiting other) {
        return new Retry(plan, classifier, listener, other, time);
    }

    /** The same by another clock. */
    public Retry by(RetryTime other) {
        return new Retry(plan, classifier, listener, waiting, other);
    }

    /**
     * Runs attempts until one works.
     *
     * @throws Exception the failure of the last attempt, unchanged
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> T call(Attempt<T> attempt) throws Exception {
        RetryBudget budget = new RetryBudget(plan, classifier, listener, time);
        while (true) {
            try {
                return attempt.run(budget);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                Optional<Duration> pause = budget.failed(e);
                if (pause.isEmpty()) {
                    throw e;
                }
                waiting.pause(pause.get());
            }
        }
    }
}
