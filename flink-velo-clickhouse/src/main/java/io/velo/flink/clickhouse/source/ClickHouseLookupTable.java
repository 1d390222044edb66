// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupServer;
import io.velo.flink.common.lookup.LookupTable;
import io.velo.flink.common.retry.FailureClass;
import java.util.List;
import org.apache.flink.table.data.RowData;

/**
 * A ClickHouse table in a lookup join. Immutable, therefore thread-safe.
 *
 * @param plan the columns that the lookup returns
 * @param keys those of them that the join compares
 * @param targets the servers that hold the table: its own first
 * @param dictionary the dictionary that answers instead, or empty
 */
record ClickHouseLookupTable(
        ScanPlan plan, KeyColumns keys, List<ClickHouseTarget> targets, String dictionary)
        implements LookupTable<KeyValues> {

    private static final long serialVersionUID = 1L;

    ClickHouseLookupTable {
        targets = List.copyOf(targets);
    }

    @Override
    public String scheme() {
        return "clickhouse";
    }

    @Override
    public String name() {
        return plan.title();
    }

    @Override
    public List<? extends LookupServer<KeyValues>> servers() {
        return targets.stream()
                .map(target -> new ClickHouseLookupServer(plan, keys, target, dictionary))
                .toList();
    }

    @Override
    public KeyValues key(RowData keyRow) {
        KeyValues key = keys.read(keyRow);
        return key.hasNull() ? null : key;
    }

    @Override
    public RowData rowOfNulls(KeyValues key) {
        return keys.rowOfNulls(key);
    }

    @Override
    public FailureClass classify(Throwable failure) {
        return Explanation.classify(failure);
    }
}
