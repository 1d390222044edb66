// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;

/**
 * The column a decoder works for: names it in errors and knows the policy for special values.
 * Immutable.
 *
 * @param name the column name
 * @param type its PostgreSQL type as the user knows it
 * @param target its Flink type as SQL shows it
 * @param nullable whether the Flink column takes NULL
 * @param policy what becomes of special values
 */
record DecodedColumn(
        String name, String type, String target, boolean nullable, SpecialValues policy) {

    /** The bytes are not what the server sends for this type. */
    VeloException corrupt(int length) {
        return Problem.of(
                        ErrorCode.IO_PROTOCOL,
                        "Column '"
                                + name
                                + "': "
                                + length
                                + " bytes are not a binary value of type "
                                + type
                                + ".")
                .remedy("The answer of the server is damaged: check what is between, and retry.")
                .toException();
    }

    void require(boolean wellFormed, int length) {
        if (!wellFormed) {
            throw corrupt(length);
        }
    }

    /** The value of a special value: null where that is allowed, otherwise the error. */
    Object special(String value) {
        if (policy == SpecialValues.NULL && nullable) {
            return null;
        }
        throw unfit(value);
    }

    /** An infinite date or timestamp: its clamped form where that is asked for. */
    Object infinite(String value, Object clamped) {
        return policy == SpecialValues.CLAMP ? clamped : special(value);
    }

    /** The Flink type has no such value. */
    VeloException unfit(String value) {
        String hint =
                nullable
                        ? "Set on_special_value=null to read such values as NULL, "
                        : "The column is NOT NULL, so on_special_value=null cannot help: ";
        return Problem.of(
                        ErrorCode.SCHEMA_VALUE,
                        "Column '"
                                + name
                                + "' ("
                                + type
                                + ") holds "
                                + value
                                + ", which "
                                + target
                                + " cannot hold.")
                .remedy(hint + "or declare the column as STRING.")
                .toException();
    }
}
