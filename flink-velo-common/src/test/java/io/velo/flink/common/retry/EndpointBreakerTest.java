// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.retry.EndpointBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointBreakerTest {

    @Test
    void opensAfterFailuresInARow() {
        EndpointBreaker breaker = breaker("row", Duration.ofMinutes(1));
        for (int i = 0; i < 4; i++) {
            fail(breaker);
        }
        succeed(breaker);
        for (int i = 0; i < 4; i++) {
            fail(breaker);
        }
        assertThat(breaker.state()).isEqualTo(State.CLOSED);

        fail(breaker);

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.tryCall()).isFalse();
        assertThat(breaker.untilProbe()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(breaker.opened()).isOne();
    }

    @Test
    void opensAtAShareOfFailures() {
        EndpointBreaker breaker = breaker("share", Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            succeed(breaker);
            fail(breaker);
            if (breaker.state() == State.OPEN) {
                break;
            }
        }

        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    @Test
    void closesAfterSuccessfulProbes() throws Exception {
        List<Duration> pauses = new ArrayList<>();
        // If this thread stands still for longer than the breaker is open, there is no pause.
        for (int millis = 30; pauses.isEmpty() && millis < 10_000; millis *= 5) {
            closesAfterProbes(breaker("probe" + millis, Duration.ofMillis(millis)), pauses);
        }
        assertThat(pauses).isNotEmpty();
    }

    private static void closesAfterProbes(EndpointBreaker breaker, List<Duration> pauses)
            throws Exception {
        for (int i = 0; i < 5; i++) {
            fail(breaker);
        }
        Waiting waiting =
                time -> {
                    pauses.add(time);
                    Waiting.SLEEPING.pause(time);
                };

        breaker.awaitCall(waiting);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        breaker.succeeded();
        breaker.awaitCall(waiting);
        breaker.succeeded();
        breaker.awaitCall(waiting);
        breaker.succeeded();

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensAgainWhenAProbeFails() throws Exception {
        EndpointBreaker breaker = breaker("again", Duration.ofMillis(30));
        for (int i = 0; i < 5; i++) {
            fail(breaker);
        }
        for (int i = 0; i < 3; i++) {
            breaker.awaitCall(Waiting.SLEEPING);
            breaker.failed();
        }

        assertThat(breaker.state()).isIn(State.OPEN, State.HALF_OPEN);
        assertThat(breaker.opened()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void isSharedByAllWhoUseTheEndpoint() {
        EndpointBreaker one = breaker("shared", Duration.ofMinutes(1));
        EndpointBreaker other = breaker("shared", Duration.ofMinutes(1));

        assertThat(one).isSameAs(other);
        assertThat(breaker("elsewhere", Duration.ofMinutes(1))).isNotSameAs(one);
    }

    @Test
    void letsEverythingThroughUnlessItIsEnabled() {
        EndpointBreaker breaker = EndpointBreaker.of("test://off", BreakerPlan.HOUSE);
        for (int i = 0; i < 100; i++) {
            assertThat(breaker.tryCall()).isTrue();
            breaker.failed();
        }

        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    private static void fail(EndpointBreaker breaker) {
        assertThat(breaker.tryCall()).isTrue();
        breaker.failed();
    }

    private static void succeed(EndpointBreaker breaker) {
        assertThat(breaker.tryCall()).isTrue();
        breaker.succeeded();
    }

    private static EndpointBreaker breaker(String name, Duration openTime) {
        return EndpointBreaker.of(
                "test://" + name,
                new BreakerPlan(true, 5, 50, Duration.ofSeconds(60), 10, openTime, 3));
    }
}
