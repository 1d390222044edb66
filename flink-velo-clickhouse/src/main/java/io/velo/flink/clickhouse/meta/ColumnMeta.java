// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.meta;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.io.Serializable;

/**
 * One column of a table.
 *
 * @param name its name
 * @param type its type
 * @param defaultKind empty, DEFAULT, MATERIALIZED, ALIAS or EPHEMERAL
 * @param comment its comment, perhaps empty
 */
public record ColumnMeta(String name, ClickHouseType type, String defaultKind, String comment)
        implements Serializable {

    /** Whether {@code SELECT *} shows it. */
    public boolean ordinary() {
        return defaultKind.isEmpty() || defaultKind.equals("DEFAULT");
    }

    /** Whether an INSERT may name it. */
    public boolean insertable() {
        return !defaultKind.equals("MATERIALIZED") && !defaultKind.equals("ALIAS");
    }

    /** Whether a SELECT may name it. */
    public boolean readable() {
        return !defaultKind.equals("EPHEMERAL");
    }
}
