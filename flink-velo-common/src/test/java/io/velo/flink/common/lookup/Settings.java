// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.retry.BreakerPlan;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.retry.RetryStrategy;
import java.time.Duration;

/** Settings of lookups for tests: short pauses, one connection. */
final class Settings {

    static final RetryPlan QUICK = attempts(20, Duration.ofSeconds(20));

    private Settings() {}

    private static RetryPlan attempts(int most, Duration timeout) {
        return new RetryPlan(
                RetryStrategy.FIXED,
                Duration.ofMillis(5),
                Duration.ofMillis(5),
                1,
                Duration.ZERO,
                0,
                most,
                timeout);
    }

    static BreakerPlan breaker(Duration openTime) {
        return new BreakerPlan(true, 3, 100, Duration.ofSeconds(60), 1000, openTime, 1);
    }

    static LookupSettings batches(int size, Duration wait, int capacity) {
        return new LookupSettings(
                size, wait, capacity, 1, QUICK, BreakerPlan.HOUSE, OnMiss.EMPTY, OnOpen.FAIL, null);
    }

    /** For a server that comes back when the test says so, however long it takes to say it. */
    static LookupSettings patient() {
        RetryPlan retry = attempts(Integer.MAX_VALUE, Duration.ofHours(1));
        return new LookupSettings(
                100,
                Duration.ofMillis(2),
                100,
                1,
                retry,
                BreakerPlan.HOUSE,
                OnMiss.EMPTY,
                OnOpen.FAIL,
                null);
    }

    static LookupSettings plain() {
        return batches(100, Duration.ofMillis(2), 100);
    }

    static LookupSettings cached(PartialCache cache) {
        return plainBut(BreakerPlan.HOUSE, OnMiss.EMPTY, OnOpen.FAIL, cache);
    }

    static LookupSettings onOpen(OnOpen onOpen, BreakerPlan breaker, PartialCache cache) {
        return plainBut(breaker, OnMiss.EMPTY, onOpen, cache);
    }

    static LookupSettings onMiss(OnMiss onMiss) {
        return plainBut(BreakerPlan.HOUSE, onMiss, OnOpen.FAIL, null);
    }

    private static LookupSettings plainBut(
            BreakerPlan breaker, OnMiss onMiss, OnOpen onOpen, PartialCache cache) {
        LookupSettings plain = plain();
        return new LookupSettings(
                plain.batchSize(),
                plain.batchTimeout(),
                plain.capacity(),
                plain.connections(),
                plain.retry(),
                breaker,
                onMiss,
                onOpen,
                cache);
    }
}
