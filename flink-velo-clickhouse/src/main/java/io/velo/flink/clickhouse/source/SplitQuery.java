// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The query of a split, in parts. Immutable.
 *
 * @param select the SELECT and FROM clauses; with keys, their hexadecimal forms are the last
 *     columns
 * @param conditions what a row has to meet
 * @param groupBy the GROUP BY clause with a blank before it, or empty
 */
record SplitQuery(String select, List<String> conditions, String groupBy) implements Serializable {

    SplitQuery {
        conditions = List.copyOf(conditions);
    }

    /** The same query with one more condition. */
    SplitQuery and(String condition) {
        List<String> more = new ArrayList<>(conditions);
        more.add(condition);
        return new SplitQuery(select, more, groupBy);
    }

    /** The text up to GROUP BY. */
    String text() {
        String where =
                conditions.isEmpty() ? "" : " WHERE (" + String.join(") AND (", conditions) + ")";
        return select + where + groupBy;
    }
}
