// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.RowData;

/**
 * Turns a Flink value into the text that PostgreSQL reads as the equal value of a key column.
 * Chosen once per column. Stateless, therefore thread-safe.
 */
@FunctionalInterface
public interface KeyEncoder {

    /**
     * The text of the field, or null if no value of the column can be equal to it: it is NULL, out
     * of the column type's range, finer than its resolution, or not the text of any value.
     */
    String encode(RowData row, int field);
}
