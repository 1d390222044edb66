// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import dev.failsafe.CircuitBreaker;
import io.velo.flink.common.metric.VeloMetric;
import io.velo.flink.common.metric.VeloMetrics;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leaves an endpoint that keeps failing alone for a while, then probes it with single calls. All
 * who use the endpoint under one plan in this JVM share one breaker. Who gets a permit must report
 * how the call ended. Thread-safe.
 */
public final class EndpointBreaker {

    /** Where a breaker stands; the position is the value of the metric. */
    public enum State {
        /** Calls go through. */
        CLOSED,
        /** Single calls probe the endpoint. */
        HALF_OPEN,
        /** No call goes through. */
        OPEN
    }

    private record Key(String endpoint, BreakerPlan plan) {}

    /** Weak, so that endpoints that nobody uses any more are forgotten. */
    private static final Map<Key, WeakReference<EndpointBreaker>> SHARED = new HashMap<>();

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private final BreakerPlan plan;
    private final CircuitBreaker<Object> breaker;
    private final AtomicInteger inRow = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    private EndpointBreaker(BreakerPlan plan) {
        this.plan = plan;
        this.breaker =
                CircuitBreaker.builder()
                        .withFailureRateThreshold(
                                plan.failureRate(), plan.minCalls(), plan.window())
                        .withDelay(plan.openTime())
                        .withSuccessThreshold(plan.successes())
                        .onOpen(event -> opened.incrementAndGet())
                        .build();
    }

    /**
     * The breaker of an endpoint.
     *
     * @param endpoint scheme and address, such as redis://cache:6379; no login
     */
    public static EndpointBreaker of(String endpoint, BreakerPlan plan) {
        synchronized (SHARED) {
            SHARED.values().removeIf(reference -> reference.get() == null);
            Key key = new Key(endpoint, plan);
            WeakReference<EndpointBreaker> known = SHARED.get(key);
            EndpointBreaker breaker = known == null ? null : known.get();
            if (breaker == null) {
                breaker = new EndpointBreaker(plan);
                SHARED.put(key, new WeakReference<>(breaker));
            }
            return breaker;
        }
    }

    /** Registers state and number of openings. */
    public void register(VeloMetrics metrics) {
        metrics.gauge(VeloMetric.BREAKER_STATE, () -> state().ordinal());
        metrics.gauge(VeloMetric.BREAKER_OPENED, opened::get);
    }

    /** Whether a call may go out now; if so, its end must be reported. */
    public boolean tryCall() {
        return !plan.enabled() || breaker.tryAcquirePermit();
    }

    /** The time until calls may probe the endpoint; zero unless it is open. */
    public Duration untilProbe() {
        return breaker.getRemainingDelay();
    }

    /**
     * Waits until a call may go out; its end must be reported. This is how a sink meets an open
     * breaker: rows wait, which is the back-pressure.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitCall(Waiting waiting) throws InterruptedException {
        while (!tryCall()) {
            Duration left = untilProbe();
            waiting.pause(left.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : left);
        }
    }

    /** The endpoint answered, be it with an error about the row or the statement. */
    public void succeeded() {
        if (plan.enabled()) {
            inRow.set(0);
            breaker.recordSuccess();
        }
    }

    /** The endpoint did not answer, or said that it cannot at present. */
    public void failed() {
        if (!plan.enabled()) {
            return;
        }
        breaker.recordFailure();
        // Failsafe counts either in a row or a share; this is the other one.
        if (inRow.incrementAndGet() >= plan.failures() && breaker.isClosed()) {
            breaker.open();
        }
    }

    /** Where it stands. */
    public State state() {
        return switch (breaker.getState()) {
            case CLOSED -> State.CLOSED;
            case HALF_OPEN -> State.HALF_OPEN;
            case OPEN -> State.OPEN;
        };
    }

    /** How often it opened. */
    public int opened() {
        return opened.get();
    }
}
