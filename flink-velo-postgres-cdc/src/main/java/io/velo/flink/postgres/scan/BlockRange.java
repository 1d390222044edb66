// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import java.util.OptionalLong;

/**
 * Blocks of a table's file. Immutable, therefore thread-safe.
 *
 * @param from the first block
 * @param to the first block behind; empty for all that follow
 */
public record BlockRange(long from, OptionalLong to) {

    /** The condition on the rows of an alias, which the server reads without touching others. */
    String condition(String alias) {
        String low = alias + ".ctid >= '(" + from + ",0)'::pg_catalog.tid";
        return to.isEmpty()
                ? low
                : low + " AND " + alias + ".ctid < '(" + to.getAsLong() + ",0)'::pg_catalog.tid";
    }
}
