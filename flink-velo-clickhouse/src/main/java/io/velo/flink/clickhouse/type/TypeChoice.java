// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.type;

import io.velo.flink.clickhouse.option.TypeOptions.BigIntMode;
import io.velo.flink.clickhouse.option.TypeOptions.FixedString;

/**
 * Which Flink types are chosen where there are several. Immutable.
 *
 * @param bigInts for whole numbers of more than 64 bits
 * @param fixedStrings for texts of fixed length
 */
public record TypeChoice(BigIntMode bigInts, FixedString fixedStrings) {

    /** What holds unless a table's options say otherwise. */
    public static final TypeChoice DEFAULT = new TypeChoice(BigIntMode.STRING, FixedString.BYTES);
}
