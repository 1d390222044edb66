// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The greatest version that a writer has given to a row, as a checkpoint holds it: rows of blocks
 * that still wait for their insert have versions that the table does not show yet. Immutable.
 *
 * @param parallelism the number of writers then
 * @param last the version
 */
record WrittenVersions(int parallelism, long last) {

    /**
     * A restored writer of another number of writers may get the rows of all the others, and knows
     * what some of them gave. All go by the server's time, which they know as well as its answers
     * are quick, and are taken to differ by less than this. Time makes up for it before a job can
     * be given another number of writers again, so that what is added does not add up.
     */
    private static final long SKEW = Duration.ofSeconds(10).toMillis() << HybridClock.COUNTER_BITS;

    /**
     * The state of one writer: so many copies that each writer of a later job gets one, however
     * many there will be.
     *
     * @param most the greatest number of writers that the job can have
     */
    static List<WrittenVersions> state(long last, int parallelism, int most) {
        int copies = (most + parallelism - 1) / parallelism;
        return Collections.nCopies(Math.max(1, copies), new WrittenVersions(parallelism, last));
    }

    /** A version that the rows of a restored job, one of so many writers, must exceed. */
    static long floor(Collection<WrittenVersions> restored, int parallelism) {
        long floor = 0;
        for (WrittenVersions one : restored) {
            long slack = one.parallelism == parallelism ? 0 : SKEW;
            floor = Math.max(floor, Math.addExact(one.last, slack));
        }
        return floor;
    }
}
