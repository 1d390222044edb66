// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.util.List;

/**
 * A column of a Parquet file or a part of one, with the levels that say what it holds.
 *
 * @param type its type
 * @param repetition the repetition level of its first elements
 * @param around the definition level where all around it is there
 * @param definition the definition level where it is there itself
 * @param exists the definition level of elements of the list around it
 * @param firstLeaf the first of the leaves below it
 * @param leaves how many of them there are
 * @param parts what it is made of
 */
record ParquetNode(
        ClickHouseType type,
        int repetition,
        int around,
        int definition,
        int exists,
        int firstLeaf,
        int leaves,
        List<ParquetNode> parts) {

    /** Whether a value of this column, perhaps NULL, starts with these levels. */
    boolean starts(int repetitionLevel, int definitionLevel) {
        return repetitionLevel <= repetition && definitionLevel >= exists;
    }
}
