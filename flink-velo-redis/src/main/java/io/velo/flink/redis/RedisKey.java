// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.lookup.KeyValues;
import java.util.Arrays;

/** A key that is looked up. Immutable by use, therefore thread-safe. */
final class RedisKey {

    private final byte[] bytes;
    private final KeyValues values;

    /**
     * A key.
     *
     * @param bytes the key in Redis
     * @param values what the join compares, of which the key is made in part
     */
    RedisKey(byte[] bytes, KeyValues values) {
        this.bytes = bytes;
        this.values = values;
    }

    byte[] bytes() {
        return bytes;
    }

    KeyValues values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedisKey that
                && values.equals(that.values)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
