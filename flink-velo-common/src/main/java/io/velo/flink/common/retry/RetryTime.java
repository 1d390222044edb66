// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.util.concurrent.ThreadLocalRandom;

/** Clock and chance of retries, so that tests can bring their own. Must be thread-safe. */
public interface RetryTime {

    /** The machine's. */
    RetryTime SYSTEM =
            new RetryTime() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public double chance() {
                    return ThreadLocalRandom.current().nextDouble();
                }
            };

    /** Nanoseconds since some moment; never goes backwards. */
    long nanos();

    /** A random number from 0 (inclusive) to 1 (exclusive). */
    double chance();
}
