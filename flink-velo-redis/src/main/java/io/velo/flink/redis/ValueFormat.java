// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

/** What stands in a string value. Only JSON is built. */
enum ValueFormat {
    /** One JSON object per key, one field per column. */
    JSON,
    /** One MessagePack map per key. */
    MSGPACK,
    /** The text of a single column. */
    STRING,
    /** The bytes of a single column. */
    RAW
}
