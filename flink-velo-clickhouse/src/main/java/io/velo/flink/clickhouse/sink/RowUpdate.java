// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.meta.KeyText;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate.RowLevelUpdateInfo;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate.RowLevelUpdateMode;

/** UPDATE of rows by newer ones. Stateless, therefore thread-safe. */
final class RowUpdate implements RowLevelUpdateInfo {

    private RowUpdate() {}

    /**
     * What Flink has to do for an UPDATE of these columns: hand over the new rows, and no others.
     *
     * @throws VeloException if a newer row would not take the place of the former
     */
    static RowUpdate of(SinkPlan plan, TableMeta meta, List<Column> updated) {
        if (!meta.engine().replaces() || plan.primaryKey().isEmpty()) {
            throw refusal(
                    plan,
                    "A newer row takes the place of another in a ReplacingMergeTree with a primary"
                            + " key only, and "
                            + plan.title()
                            + " is none.");
        }
        if (plan.guarantee().exactlyOnce() || plan.autoCreate()) {
            throw refusal(
                    plan,
                    "UPDATE goes neither with 'sink.delivery-guarantee'='exactly-once' nor with"
                            + " 'auto-create'.");
        }
        Set<String> fixed = new HashSet<>(plan.primaryKey());
        fixed.addAll(meta.sortingKey());
        fixed.addAll(KeyText.columnsIn(meta.partitionKey(), plan.rowType().getFieldNames()));
        fixed.add(meta.engine().versionColumn());
        for (Column column : updated) {
            if (fixed.contains(column.getName())) {
                throw refusal(
                        plan,
                        "Column '"
                                + column.getName()
                                + "' says which rows replace one another: the former row would"
                                + " stay.");
            }
        }
        return new RowUpdate();
    }

    @Override
    public RowLevelUpdateMode getRowLevelUpdateMode() {
        return RowLevelUpdateMode.UPDATED_ROWS;
    }

    private static VeloException refusal(SinkPlan plan, String sentence) {
        return Problem.of(ErrorCode.CAPABILITY_COMBINATION, sentence)
                .at(plan.target().place())
                .remedy(
                        "Run on the server: ALTER TABLE … UPDATE … WHERE … SETTINGS mutations_sync=1.")
                .toException();
    }
}
