// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.shard;

import org.apache.flink.table.data.RowData;

/** {@code term % number}. For one thread. */
record KeyRemainder(KeyTerm term, int number) implements KeyTerm {

    /** Above it the server might calculate with another type than Velo. */
    static final int LARGEST = 65_535;

    @Override
    public long of(RowData row) {
        long value = term.of(row);
        return term.signed() ? value % number : Long.remainderUnsigned(value, number);
    }

    @Override
    public boolean signed() {
        return term.signed();
    }
}
