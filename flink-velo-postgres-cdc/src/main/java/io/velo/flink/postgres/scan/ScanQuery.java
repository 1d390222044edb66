// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.io.Serializable;
import java.util.List;

/**
 * What the server does with the rows before it sends them. Immutable, therefore thread-safe.
 *
 * @param filter an SQL condition over the alias {@value #ALIAS}, made by Velo; empty for all rows
 * @param items what each field of the rows is; empty if each is the column of its name
 * @param rowLimit how many rows a split gives at the most, or -1 for all
 */
public record ScanQuery(String filter, List<SelectItem> items, long rowLimit)
        implements Serializable {

    /** The alias under which conditions know the relation. */
    public static final String ALIAS = "t";

    /** The value of {@code rowLimit} for all rows. */
    public static final long ALL_ROWS = -1;

    /** All rows, each field the column of its name. */
    public static final ScanQuery ALL = new ScanQuery("", List.of(), ALL_ROWS);

    public ScanQuery {
        items = List.copyOf(items);
    }

    boolean isAggregated() {
        return items.stream().anyMatch(SelectItem::isAggregate);
    }
}
