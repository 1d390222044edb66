// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;

/**
 * The columns of every table of dead letters: id, failed_at, role, stage, category, code, message,
 * attempt, uri, table, position, key, value, headers, format, job. They are text, except failed_at
 * (an instant in milliseconds), attempt (a whole number), key and value (bytes); headers hold a
 * JSON object. Text is empty rather than NULL; key and value may be NULL.
 */
public final class DeadLetterTable {

    /** The columns. No primary key: a target that wants one is given id by its own options. */
    public static final ResolvedSchema SCHEMA =
            new ResolvedSchema(
                    List.of(
                            text("id"),
                            column("failed_at", DataTypes.TIMESTAMP_LTZ(3).notNull()),
                            text("role"),
                            text("stage"),
                            text("category"),
                            text("code"),
                            text("message"),
                            column("attempt", DataTypes.INT().notNull()),
                            text("uri"),
                            text("table"),
                            text("position"),
                            column("key", DataTypes.BYTES()),
                            column("value", DataTypes.BYTES()),
                            text("headers"),
                            text("format"),
                            text("job")),
                    List.of(),
                    null);

    private DeadLetterTable() {}

    private static Column text(String name) {
        return column(name, DataTypes.STRING().notNull());
    }

    private static Column column(String name, DataType type) {
        return Column.physical(name, type);
    }
}
