// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.stream;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * What a stream holds and what of it a sink takes, agreed as between the planner and a sink. Passes
 * the rows that the sink takes. Immutable; travels to the workers.
 */
final class RowKinds implements FilterFunction<RowData> {

    private static final long serialVersionUID = 1L;

    private final Set<RowKind> declared;
    private final Set<RowKind> taken;

    private RowKinds(Set<RowKind> declared, Set<RowKind> taken) {
        this.declared = declared;
        this.taken = taken;
    }

    /**
     * Tells the sink what comes.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-CAP-002} if it cannot take it
     */
    static RowKinds negotiate(DynamicTableSink sink, ChangelogMode changes) {
        Set<RowKind> taken = sink.getChangelogMode(changes).getContainedKinds();
        Set<RowKind> refused = new TreeSet<>(changes.getContainedKinds());
        refused.removeAll(taken);
        // As in SQL: a sink by key knows the former row by the key.
        refused.remove(RowKind.UPDATE_BEFORE);
        if (!refused.isEmpty()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "The table takes no " + refused + " rows, only " + taken + ".")
                    .remedy("Write a stream without them, or into a table with a primary key.")
                    .toException();
        }
        return new RowKinds(new HashSet<>(changes.getContainedKinds()), new HashSet<>(taken));
    }

    @Override
    public boolean filter(RowData row) {
        if (!declared.contains(row.getRowKind())) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "The stream holds a row of kind "
                                    + row.getRowKind()
                                    + ", but was said to hold "
                                    + new TreeSet<>(declared)
                                    + ".")
                    .remedy("Name all its kinds: write(rows, ChangelogMode.all(), name).")
                    .toException();
        }
        return taken.contains(row.getRowKind());
    }
}
