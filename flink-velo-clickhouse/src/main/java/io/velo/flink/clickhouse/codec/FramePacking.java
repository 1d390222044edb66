// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.codec;

/** One way to compress the payload of a frame. Used by one thread. */
interface FramePacking {

    /** The number by which the head of a frame names the method. */
    byte method();

    /** The most bytes that this many raw bytes can become. */
    int mostPacked(int rawLength);

    /** Compresses into the target and says how many bytes that took. */
    int pack(byte[] source, int offset, int length, byte[] target, int at, int room);
}
