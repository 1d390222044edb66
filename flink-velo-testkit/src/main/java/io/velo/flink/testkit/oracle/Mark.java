// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

/**
 * What tells a change from all others: the row that came or, of a DELETE, the row that went.
 *
 * @param gone whether the row went
 */
record Mark(int writer, long sequence, boolean gone) {

    static Mark of(Operation operation, Version row) {
        return new Mark(row.writer(), row.sequence(), operation == Operation.DELETE);
    }
}
