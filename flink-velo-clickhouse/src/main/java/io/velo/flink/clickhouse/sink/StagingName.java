// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What the table of one statement is called until it takes its name, and the UUID that the server
 * keeps for it whatever it is called: by that a statement knows its own table from any other.
 * Immutable.
 *
 * @param table the name that it is to take
 * @param id also the end of the name that it has until then
 */
record StagingName(String table, UUID id) implements Serializable {

    private static final String PREFIX = "_velo_staging_";
    private static final int DIGITS = 32;

    /** A name that no other statement takes. */
    static StagingName of(String table) {
        return new StagingName(table, UUID.randomUUID());
    }

    /** What the staging tables for the same name start with. */
    String start() {
        return PREFIX + table + "_";
    }

    /** The name until it takes the other. */
    String name() {
        return start() + id.toString().replace("-", "");
    }

    /** The length of such names as the server counts it. */
    int bytes() {
        return start().getBytes(StandardCharsets.UTF_8).length + DIGITS;
    }
}
