// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.dlq;

import java.util.ArrayList;
import java.util.List;

/**
 * Which dead letters are meant; null stands for any. Immutable.
 *
 * @param code Velo's error code
 * @param table the failing table's name in Flink
 * @param role "source" or "sink"
 */
public record DeadLetterFilter(String code, String table, String role) {

    /** The same for one role only. */
    public DeadLetterFilter role(String only) {
        return new DeadLetterFilter(code, table, only);
    }

    /** The condition of a query, with WHERE; empty if all are meant. */
    String where() {
        List<String> conditions = new ArrayList<>();
        add(conditions, "code", code);
        add(conditions, "`table`", table);
        add(conditions, "role", role);
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private static void add(List<String> conditions, String column, String value) {
        if (value != null) {
            conditions.add(column + " = '" + value.replace("'", "''") + "'");
        }
    }
}
