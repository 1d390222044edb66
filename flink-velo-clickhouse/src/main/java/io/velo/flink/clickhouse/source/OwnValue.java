// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import org.apache.flink.table.data.StringData;

/** Values that do not share memory with the block that they were read from. */
final class OwnValue {

    private OwnValue() {}

    /** Texts are copied; nested values keep the columns that they are views of. */
    static Object of(Object value) {
        return value instanceof StringData text ? StringData.fromBytes(text.toBytes()) : value;
    }
}
