// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * The attempts and the time that one call has, and what it has used of them. Failsafe keeps the
 * count; nothing of it is made before the first failure. Not thread-safe: the attempts of a call
 * follow one another.
 */
public final class RetryBudget {

    private final RetryPlan plan;
    private final FailureClassifier classifier;
    private final RetryListener listener;
    private final RetryTime time;
    private final long started;
    private int attempt = 1;
    private FailureClass lastClass;
    private Execution<Object> execution;

    /** The budget of a call that starts now. */
    RetryBudget(
            RetryPlan plan, FailureClassifier classifier, RetryListener listener, RetryTime time) {
        this.plan = plan;
        this.classifier = classifier;
        this.listener = listener;
        this.time = time;
        this.started = time.nanos();
    }

    /** The number of the attempt that is under way, from 1. */
    public int attempt() {
        return attempt;
    }

    /** The time since the first attempt started. */
    public Duration elapsed() {
        return Duration.ofNanos(time.nanos() - started);
    }

    /**
     * Takes note of a failed attempt.
     *
     * @return the pause before the next attempt, or nothing if there is none
     */
    Optional<Duration> failed(Throwable failure) {
        if (execution == null) {
            execution = Execution.of(policy());
        }
        lastClass = classifier.classify(failure);
        execution.recordException(failure);
        if (execution.isComplete()) {
            return Optional.empty();
        }
        Duration pause = execution.getDelay();
        listener.retrying(lastClass, attempt, pause, failure);
        attempt++;
        return Optional.of(pause);
    }

    private RetryPolicy<Object> policy() {
        return RetryPolicy.builder()
                .handleIf((Throwable failure) -> attempt < lastClass.mostAttempts())
                .abortIf((result, failure) -> left().isZero())
                .withMaxAttempts(plan.attempts())
                .withDelayFn(context -> pause())
                .build();
    }

    /** The last pause is cut, so that one attempt is made at the end of the time. */
    private Duration pause() {
        Duration planned = plan.pause(attempt, time.chance());
        return planned.compareTo(left()) < 0 ? planned : left();
    }

    private Duration left() {
        Duration left = plan.timeout().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
