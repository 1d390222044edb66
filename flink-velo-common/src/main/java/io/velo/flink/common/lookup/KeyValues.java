// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.util.Arrays;

/** The values of one key in Flink's internal form, comparable. Immutable by use. */
public final class KeyValues {

    private final Object[] values;
    private final int hash;

    KeyValues(Object[] values) {
        this.values = values;
        this.hash = Arrays.deepHashCode(values);
    }

    /** The value of a column, null for NULL. */
    public Object get(int column) {
        return values[column];
    }

    /** Whether a column is NULL, so that nothing equals the key. */
    public boolean hasNull() {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyValues that
                && hash == that.hash
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Prints no values: they are data. */
    @Override
    public String toString() {
        return values.length + " values";
    }
}
