// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.util.Arrays;

/**
 * A Redis key as a key of a map. Immutable as long as nobody changes the bytes.
 *
 * @param bytes the key
 * @param hash its hash code, computed once
 */
record KeyBytes(byte[] bytes, int hash) {

    /** A key. */
    static KeyBytes of(byte[] bytes) {
        return new KeyBytes(bytes, Arrays.hashCode(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyBytes that
                && hash == that.hash
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
