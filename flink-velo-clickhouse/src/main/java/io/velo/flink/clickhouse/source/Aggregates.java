// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.type.ClickHouseType;
import java.io.Serializable;
import java.util.List;

/**
 * Aggregates that the server computes for each split.
 *
 * @param expressions one per field of the result
 * @param types the types of the expressions
 * @param groupBy expressions, perhaps none
 */
record Aggregates(List<String> expressions, List<ClickHouseType> types, List<String> groupBy)
        implements Serializable {

    /** Rows instead of aggregates. */
    static final Aggregates NONE = new Aggregates(List.of(), List.of(), List.of());

    Aggregates {
        expressions = List.copyOf(expressions);
        types = List.copyOf(types);
        groupBy = List.copyOf(groupBy);
    }

    boolean arePresent() {
        return !expressions.isEmpty();
    }

    /** What is computed, as it stands in states: it must read the same for ever. */
    String asState() {
        return "Aggregates[expressions=" + expressions + ", groupBy=" + groupBy + "]";
    }

    /** The GROUP BY clause with a blank before it, or an empty string. */
    String groupByClause() {
        return groupBy.isEmpty() ? "" : " GROUP BY " + String.join(", ", groupBy);
    }
}
