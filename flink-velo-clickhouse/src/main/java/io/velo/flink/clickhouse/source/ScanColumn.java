// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * One column that a scan hands out. Immutable.
 *
 * @param path the column of the table, then the fields of tuples in it
 * @param type the Flink type
 * @param virtual whether the server makes the column itself, such as {@code _part}
 */
record ScanColumn(List<String> path, LogicalType type, boolean virtual) implements Serializable {

    ScanColumn {
        path = List.copyOf(path);
    }

    static ScanColumn of(String name, LogicalType type) {
        return new ScanColumn(List.of(name), type, false);
    }

    /** The name of the column in the table. */
    String name() {
        return path.get(0);
    }
}
