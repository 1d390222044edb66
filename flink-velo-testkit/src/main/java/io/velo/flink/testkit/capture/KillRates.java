// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.time.Duration;

/**
 * How often a run kills. Immutable.
 *
 * @param taskManager from one kill of a TaskManager to the next, on average
 * @param server from one kill of the server to the next, on average
 */
public record KillRates(Duration taskManager, Duration server) {

    /** How many kills of a kind a run of this length has, at least one. */
    static int count(Duration every, Duration length) {
        return (int) Math.max(1, length.dividedBy(every));
    }
}
