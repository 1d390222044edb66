// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

/** The kinds of relations that can be read. */
public enum RelationKind {
    /** An ordinary table. */
    TABLE("r"),
    /** A table that consists of partitions. */
    PARTITIONED_TABLE("p"),
    /** A view. */
    VIEW("v"),
    /** A materialized view. */
    MATERIALIZED_VIEW("m"),
    /** A table of another server. */
    FOREIGN_TABLE("f");

    private final String code;

    RelationKind(String code) {
        this.code = code;
    }

    /** The kind of a {@code pg_class.relkind}. */
    static RelationKind of(String code) {
        for (RelationKind kind : values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No relation kind " + code);
    }
}
