// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A ClickHouse table whose server also computes the first step of aggregates, per split. */
final class AggregatingTableSource extends ClickHouseTableSource
        implements SupportsAggregatePushDown {

    AggregatingTableSource(ClickHouseTableSource rows) {
        super(rows);
    }

    @Override
    public boolean applyAggregates(
            List<int[]> groupingSets, List<AggregateExpression> calls, DataType producedDataType) {
        return aggregate(groupingSets, calls, (RowType) producedDataType.getLogicalType());
    }

    @Override
    public DynamicTableSource copy() {
        return new AggregatingTableSource(this);
    }
}
