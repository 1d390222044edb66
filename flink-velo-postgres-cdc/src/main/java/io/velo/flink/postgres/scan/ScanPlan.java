// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.meta.TableInfo;
import java.util.List;
import java.util.Optional;

/**
 * How a scan reads the table as it is now: made when a split is opened. Immutable.
 *
 * @param scan what is to be read
 * @param table the table as it is
 * @param columns how each field is read, in the order of the rows
 * @param expressions what is selected into each field
 * @param groups by what the server groups the rows, or empty
 * @param key the key in whose order is read, or empty for any order
 */
record ScanPlan(
        TableScan scan,
        TableInfo table,
        List<ColumnMapping> columns,
        List<String> expressions,
        List<String> groups,
        Optional<KeyColumns> key) {

    /**
     * The plan for a table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} or {@code VELO-SCH-003}
     *     with all columns that cannot be read as declared
     */
    static ScanPlan of(TableScan scan, TableInfo table) {
        SelectList select = SelectList.of(scan, table);
        boolean byKey =
                scan.order() == ReadOrder.BY_KEY
                        && !table.primaryKey().isEmpty()
                        && !scan.query().isAggregated();
        return new ScanPlan(
                scan,
                table,
                select.columns(),
                select.expressions(),
                select.groups(),
                byKey ? Optional.of(new KeyColumns(table, select.columns())) : Optional.empty());
    }

    /**
     * The statement that reads what is left of a split.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-007} if rows of it were
     *     emitted and nothing says which
     */
    String copy(ScanSplit split) {
        requireResumable(split);
        return new CopyQuery(this, split).sql();
    }

    int fields() {
        return columns.size() + key.map(columnsOfKey -> columnsOfKey.extra().size()).orElse(0);
    }

    private void requireResumable(ScanSplit split) {
        String reason = null;
        if (split.isLost()) {
            reason = "it has no primary key, so nothing says which rows were read";
        } else if (split.range().isFollowedTo()) {
            List<String> before = split.range().after().orElseThrow().columns();
            List<String> now = key.map(KeyColumns::names).orElse(List.of());
            if (!before.equals(now)) {
                reason = "its primary key was " + before + " and is " + now + " now";
            }
        }
        if (reason != null) {
            throw Problem.of(
                            ErrorCode.IO_NOT_RESUMABLE,
                            "The scan of "
                                    + scan.relation()
                                    + " cannot go on after "
                                    + split.emitted()
                                    + " rows: "
                                    + reason
                                    + ".")
                    .at(scan.settings().place())
                    .remedy(
                            "Start the job without its state, run it in batch mode"
                                    + " (execution.runtime-mode=batch), or give the table a PRIMARY"
                                    + " KEY.")
                    .toException();
        }
    }
}
