// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import io.velo.flink.postgres.scan.Splitting;
import java.io.Serializable;

/**
 * How the rows that are there are read. Immutable, therefore thread-safe.
 *
 * @param strategy how a table is divided
 * @param consistency whether all parts show one moment
 * @param chunkBytes about how many bytes a part has
 * @param chunkRows about how many rows a part has
 */
public record SnapshotSettings(
        Splitting.Strategy strategy,
        Splitting.Consistency consistency,
        long chunkBytes,
        long chunkRows)
        implements Serializable {

    /** So many rows are read in less than a second; smaller parts cost a transaction each. */
    public static final long CHUNK_ROWS = 500_000;
}
