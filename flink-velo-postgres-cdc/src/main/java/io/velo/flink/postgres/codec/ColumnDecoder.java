// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

import org.apache.flink.table.data.binary.BinaryStringData;

/**
 * Turns the binary form of one column's values into Flink's internal form, as {@code RowData} holds
 * it. Chosen once per column; called once per value that is not NULL.
 *
 * <p>Results may share the given array: nobody changes it afterwards. Implementations keep no state
 * between calls unless they say so, and are used by one thread.
 *
 * <p>Source of all binary forms: the {@code …send} functions of PostgreSQL's type documentation,
 * https://www.postgresql.org/docs/current/protocol-message-formats.html.
 */
@FunctionalInterface
public interface ColumnDecoder {

    /** Texts as the server sends them: UTF-8 that it has checked. Nothing is copied. */
    ColumnDecoder AS_SENT = BinaryStringData::fromBytes;

    /**
     * The value in {@code bytes[offset, offset + length)}; null only if the policy for special
     * values says so.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-006} if the bytes are not of
     *     the column's type, {@code VELO-SCH-005} if the Flink type has no such value
     */
    Object decode(byte[] bytes, int offset, int length);
}
