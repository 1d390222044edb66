// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.types.DataType;

/**
 * A PostgreSQL table of which the server computes aggregates; a class of its own because the
 * planner asks by interface. Not thread-safe.
 */
final class AggregatingTableSource extends PostgresTableSource
        implements SupportsAggregatePushDown {

    AggregatingTableSource(PostgresTableSource rows) {
        super(rows);
    }

    @Override
    public boolean applyAggregates(
            List<int[]> groupingSets, List<AggregateExpression> aggregates, DataType produced) {
        return aggregate(groupingSets, aggregates, produced);
    }

    @Override
    public DynamicTableSource copy() {
        return new AggregatingTableSource(this);
    }
}
