// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import io.velo.flink.postgres.cdc.pgoutput.Tuple;

/** Reads the row of a key as it is now. */
@FunctionalInterface
public interface Reselection {

    /**
     * The row with the key of {@code row}, in binary form and in the order of the job's columns, or
     * null if it is gone.
     */
    Tuple now(Tuple row);
}
