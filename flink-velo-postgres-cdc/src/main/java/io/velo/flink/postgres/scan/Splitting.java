// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.io.Serializable;

/**
 * How a table is cut into parts that are read in parallel. Immutable, therefore thread-safe.
 *
 * @param strategy by what it is cut
 * @param chunkBytes how large a part is at the most, by the size of the table on disk
 * @param consistency whether all parts show the same moment
 */
public record Splitting(Strategy strategy, long chunkBytes, Consistency consistency)
        implements Serializable {

    /** By what a table is cut. */
    public enum Strategy {
        /** By blocks in batch jobs, by key in streaming jobs. */
        AUTO,
        /** By ranges of the primary key. */
        KEY,
        /** By blocks of the table's file. */
        CTID,
        /** Not at all. */
        NONE
    }

    /** Whether all parts show the same moment. */
    public enum Consistency {
        /**
         * Each part shows the moment of its own reading; parts by blocks share one all the same.
         */
        CHUNK,
        /** All parts show the moment at which the scan was planned. */
        SNAPSHOT
    }

    /** The table as a whole. */
    public static final Splitting NONE =
            new Splitting(Strategy.NONE, Long.MAX_VALUE, Consistency.CHUNK);
}
