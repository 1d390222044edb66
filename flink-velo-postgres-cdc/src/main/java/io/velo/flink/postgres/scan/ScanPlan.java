// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.postgres.codec.ColumnMapping;
import io.velo.flink.postgres.meta.ColumnMappings;
import io.velo.flink.postgres.meta.TableInfo;
import java.util.List;
import java.util.Optional;

/**
 * How a scan reads the table as it is now: made when a split is opened. Immutable.
 *
 * @param scan what is to be read
 * @param columns how each column is read, in the order of the rows
 * @param key the key in whose order is read, or empty for any order
 */
record ScanPlan(TableScan scan, List<ColumnMapping> columns, Optional<KeyColumns> key) {

    /**
     * The plan for a table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} or {@code VELO-SCH-003}
     *     with all columns that cannot be read as declared
     */
    static ScanPlan of(TableScan scan, TableInfo table) {
        List<ColumnMapping> columns = ColumnMappings.of(table, scan.rowType(), scan.settings());
        boolean byKey = scan.order() == ReadOrder.BY_KEY && !table.primaryKey().isEmpty();
        return new ScanPlan(
                scan,
                columns,
                byKey ? Optional.of(new KeyColumns(table, columns)) : Optional.empty());
    }

    /**
     * The statement that reads what is left of a split.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-007} if rows of it were
     *     emitted and nothing says which
     */
    String copy(ScanSplit split) {
        requireResumable(split);
        return CopyQuery.of(scan.table(), columns, key, split.range(), scan.rowsLeft(split));
    }

    int fields() {
        return columns.size() + key.map(columnsOfKey -> columnsOfKey.extra().size()).orElse(0);
    }

    private void requireResumable(ScanSplit split) {
        String reason = null;
        if (split.isLost()) {
            reason = "it has no primary key, so nothing says which rows were read";
        } else if (split.range().after().isPresent()) {
            List<String> before = split.range().after().get().columns();
            List<String> now = key.map(KeyColumns::names).orElse(List.of());
            if (!before.equals(now)) {
                reason = "its primary key was " + before + " and is " + now + " now";
            }
        }
        if (reason != null) {
            throw Problem.of(
                            ErrorCode.IO_NOT_RESUMABLE,
                            "The scan of table "
                                    + scan.table()
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
