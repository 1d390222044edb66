// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody waits for it. */
final class VirtualTime implements RetryTime, Waiting {

    private final List<Duration> pauses = new ArrayList<>();
    private final double chance;
    private long now;

    VirtualTime(double chance) {
        this.chance = chance;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public double chance() {
        return chance;
    }

    @Override
    public void pause(Duration time) {
        pauses.add(time);
        now += time.toNanos();
    }

    List<Long> pausesInMillis() {
        return pauses.stream().map(Duration::toMillis).toList();
    }
}
