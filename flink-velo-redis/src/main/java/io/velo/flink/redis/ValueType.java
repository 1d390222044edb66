// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

/** What a Redis key holds. Only hashes and strings are built. */
enum ValueType {
    /** A string; the option {@code format} says what stands in it. */
    STRING,
    /** A hash: one field per column. */
    HASH,
    /** A document of the JSON module. */
    JSON,
    /** A list. */
    LIST,
    /** A set. */
    SET,
    /** A sorted set. */
    ZSET,
    /** A stream. */
    STREAM;

    /** Whether tables of this type can be used. */
    boolean isBuilt() {
        return this == STRING || this == HASH;
    }
}
