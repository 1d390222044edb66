// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.util.function.LongSupplier;

/**
 * Versions for rows: the milliseconds of a clock in the upper 44 bits and a counter below, always
 * greater than the one before and than the floor it starts from. Not thread-safe.
 */
final class HybridClock implements LongSupplier {

    /** Bits of the counter. */
    static final int COUNTER_BITS = 20;

    private final LongSupplier millis;
    private long last;

    /**
     * A clock whose versions are all greater than this one.
     *
     * @param millis the time since 1970
     */
    HybridClock(long floor, LongSupplier millis) {
        last = floor;
        this.millis = millis;
    }

    /** Makes all further versions greater than this one, too. */
    void exceed(long version) {
        last = Math.max(last, version);
    }

    /**
     * A version that is not smaller than any given so far, nor than those of other clocks of this
     * time.
     */
    long soFar() {
        return Math.max(last, millis.getAsLong() << COUNTER_BITS);
    }

    /** The next version. */
    @Override
    public long getAsLong() {
        last = Math.max(Math.addExact(last, 1), millis.getAsLong() << COUNTER_BITS);
        return last;
    }
}
