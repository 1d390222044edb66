// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;

/** Which Flink types discovered columns get. */
public final class TypeOptions {

    /** What a whole number of more than 64 bits is in Flink. */
    public enum BigIntMode {
        /** Its digits. */
        STRING,
        /** DECIMAL(38, 0), which not all of them fit. */
        DECIMAL,
        /** Its bytes, the highest first. */
        BYTES
    }

    /** What a text of fixed length is in Flink. */
    public enum FixedString {
        /** All its bytes. */
        BYTES,
        /** Text without the zero bytes at its end. */
        STRING
    }

    /** What a whole number of more than 64 bits is in Flink. */
    public static final SchemeOption<BigIntMode> BIGINT_MODE =
            SchemeOption.of(
                            "bigint-mode",
                            ValueKind.oneOf(BigIntMode.class),
                            "Flink type of discovered columns of Int128, UInt128, Int256 and"
                                    + " UInt256: STRING, DECIMAL(38, 0), which fails on more"
                                    + " digits, or the bytes, the highest first.")
                    .defaultValue(BigIntMode.STRING);

    /** What a text of fixed length is in Flink. */
    public static final SchemeOption<FixedString> FIXED_STRING =
            SchemeOption.of(
                            "fixed-string",
                            ValueKind.oneOf(FixedString.class),
                            "Flink type of discovered columns of FixedString(N): BINARY(N), or"
                                    + " STRING without the zero bytes at the end.")
                    .defaultValue(FixedString.BYTES);

    private TypeOptions() {}
}
