// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;

/**
 * The time by which a question to the brokers must be answered. Immutable, therefore thread-safe.
 *
 * @param end in the time of {@link System#nanoTime()}
 */
record Deadline(long end) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** As long as a discovery or probe may take, from now on. */
    static Deadline ofDiscovery() {
        return in(TableRequest.DISCOVERY_DEADLINE);
    }

    boolean isOver() {
        return millisLeft() == 0;
    }

    /** Milliseconds until the deadline, but not more than this; 0 if it is over. */
    long millisLeft(long atMost) {
        return Math.max(0, Math.min(atMost, (end - System.nanoTime()) / 1_000_000));
    }

    long millisLeft() {
        return millisLeft(Long.MAX_VALUE);
    }
}
