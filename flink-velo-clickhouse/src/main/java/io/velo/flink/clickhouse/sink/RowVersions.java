// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The versions of rows: new ones of a clock, which may be noted down, and noted ones again when
 * rows are encoded a second time. A row must keep its version, or it could beat a newer one. Not
 * thread-safe.
 */
final class RowVersions implements LongSupplier {

    private final LongSupplier clock;
    private final boolean noting;
    private long[] noted = {};
    private int count;

    private RowVersions(LongSupplier clock, boolean noting) {
        this.clock = clock;
        this.noting = noting;
    }

    /** New versions, noted down if they will be needed again. */
    static RowVersions of(LongSupplier clock, boolean noting) {
        return new RowVersions(clock, noting);
    }

    @Override
    public long getAsLong() {
        long version = clock.getAsLong();
        if (noting) {
            if (count == noted.length) {
                noted = Arrays.copyOf(noted, Math.max(1024, count * 2));
            }
            noted[count++] = version;
        }
        return version;
    }

    /** The versions noted since the last call. */
    long[] take() {
        long[] taken = Arrays.copyOf(noted, count);
        count = 0;
        return taken;
    }

    /** Gives versions again that were noted. Not thread-safe. */
    static final class Again implements LongSupplier {

        private long[] versions = {};
        private int next;

        /** The next one is that of this row. */
        void from(long[] ofRows, int row) {
            versions = ofRows;
            next = row;
        }

        @Override
        public long getAsLong() {
            return versions[next++];
        }
    }
}
