// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/**
 * The complete body of one INSERT: one Native block, never changed again, so that it can be sent
 * again byte by byte. Immutable by convention; hand it to one sender.
 *
 * @param bytes the array that holds the body from its first byte
 * @param length bytes of the body
 * @param rows rows in the block
 * @param rawBytes bytes before compression
 */
public record SealedBlock(byte[] bytes, int length, int rows, long rawBytes) {}
