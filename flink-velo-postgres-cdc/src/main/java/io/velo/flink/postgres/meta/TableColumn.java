// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.meta;

import io.velo.flink.postgres.codec.PostgresType;
import io.velo.flink.postgres.sql.Identifier;
import java.util.Objects;

/**
 * One column of a table as the server describes it. Immutable, therefore thread-safe.
 *
 * @param name its name
 * @param type its type, domains resolved
 * @param notNull whether the server keeps NULL out
 * @param comment its comment, or empty
 */
public record TableColumn(Identifier name, PostgresType type, boolean notNull, String comment) {

    public TableColumn {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
        Objects.requireNonNull(comment);
    }
}
