// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.IOException;
import java.util.Optional;

/** The statement of each attempt to insert one block. */
@FunctionalInterface
interface InsertStatement {

    /**
     * The statement, or nothing if the block is known to be in the table.
     *
     * @param attempt the number of the attempt, from 1
     * @throws IOException if the server had to be asked and did not answer; tried again as an
     *     insert would be
     */
    Optional<String> of(int attempt) throws IOException;

    /**
     * Whether the server proves that the block is in the table; not to be known counts as no.
     *
     * @throws IOException if the server does not answer
     */
    default boolean proven() throws IOException {
        return false;
    }

    /** Takes note that the last attempt did not reach the server. */
    default void notSent() {}

    /**
     * Takes note of the server's answer to an insert.
     *
     * @param written the rows that it says it wrote: 0 if it knew the block
     */
    default void answered(long written) {}
}
