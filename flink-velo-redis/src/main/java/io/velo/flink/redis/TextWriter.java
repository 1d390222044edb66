// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/** Turns one column of a row into the bytes that are stored or that a key consists of. */
@FunctionalInterface
interface TextWriter extends Serializable {

    /** The bytes of the column at a position; the column is not null there. */
    byte[] write(RowData row, int position);
}
