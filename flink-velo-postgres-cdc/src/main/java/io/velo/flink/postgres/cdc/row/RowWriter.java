// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.row;

import org.apache.flink.table.data.RowData;

/** Receives the rows of the job in their order. */
@FunctionalInterface
public interface RowWriter {

    /** One row, its kind set. */
    void write(RowData row);
}
