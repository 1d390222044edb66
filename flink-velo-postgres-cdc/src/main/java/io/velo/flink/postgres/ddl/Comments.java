// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.ddl;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.Quoting;
import io.velo.flink.postgres.sql.TableName;

/** Statements about comments; an empty comment takes one away. Stateless, therefore thread-safe. */
final class Comments {

    private Comments() {}

    static String onSchema(Identifier schema, String comment) {
        return on("SCHEMA " + schema.quoted(), comment);
    }

    static String onTable(TableName table, String comment) {
        return on("TABLE " + table.quoted(), comment);
    }

    static String onColumn(TableName table, String column, String comment) {
        return on("COLUMN " + table.quoted() + "." + Identifier.of(column).quoted(), comment);
    }

    private static String on(String object, String comment) {
        if (comment == null || comment.isEmpty()) {
            return "COMMENT ON " + object + " IS NULL";
        }
        if (comment.indexOf('\0') >= 0) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "A comment holds a NUL character, which PostgreSQL cannot store.")
                    .remedy("Take it out.")
                    .toException();
        }
        return "COMMENT ON " + object + " IS " + Quoting.literal(comment);
    }
}
