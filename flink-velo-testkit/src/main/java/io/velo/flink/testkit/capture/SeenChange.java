// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import java.io.Serializable;

/**
 * One change of one row, as a job or Debezium saw it.
 *
 * @param kind {@code +I}, {@code -U}, {@code +U} or {@code -D}
 * @param key the columns of the key
 * @param row the other columns; null where a delete knows the key alone
 * @param place where it stands in the log, null for a row of the snapshot
 */
record SeenChange(String kind, String key, String row, Place place) implements Serializable {

    /** Where a change stands: the commit, the number in the transaction, the transaction. */
    record Place(long commit, long ordinal, long transaction) implements Serializable {}

    /** Whether the row is gone with it. */
    boolean removes() {
        return kind.startsWith("-");
    }

    @Override
    public String toString() {
        return kind
                + " "
                + key
                + (row == null ? "" : " -> " + row)
                + (place == null ? " (snapshot)" : " (transaction " + place.transaction() + ")");
    }
}
