// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.type.AggregateType;
import io.velo.flink.clickhouse.type.ClickHouseType;
import io.velo.flink.clickhouse.type.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;

/**
 * A column of type AggregateFunction that takes values: blocks hold the arguments of the function,
 * and the server makes a state of each row's. Immutable.
 *
 * @param type the column's type
 */
record AggregateInput(AggregateType type) {

    /**
     * How a column takes values of this Flink type, or nothing if it takes them without the
     * server's help: other columns do, and so do states, which are BYTES.
     */
    static Optional<AggregateInput> of(ClickHouseType column, LogicalType flink) {
        return flink.is(LogicalTypeFamily.BINARY_STRING)
                ? Optional.empty()
                : AggregateType.of(column)
                        .filter(type -> !type.arguments().isEmpty())
                        .map(AggregateInput::new);
    }

    /** The state of one row, made of what the block has in this column. */
    String state(String column) {
        String name = Sql.name(column);
        List<ClickHouseType> arguments = type.arguments();
        List<String> parts = new ArrayList<>();
        parts.add(Sql.text(stateFunction()));
        for (int i = 0; i < arguments.size(); i++) {
            String value =
                    arguments.size() == 1 ? name : "tupleElement(" + name + ", " + (i + 1) + ")";
            parts.add(as(arguments.get(i), value));
        }
        return "initializeAggregation(" + String.join(", ", parts) + ")";
    }

    /** A state remembers the types of its arguments, which travel as plain ones. */
    private static String as(ClickHouseType argument, String value) {
        return argument.travelsAsItIs()
                ? value
                : "CAST(" + value + ", " + Sql.text(argument.text()) + ")";
    }

    private String stateFunction() {
        String function = type.function();
        int parameters = function.indexOf('(');
        return parameters < 0
                ? function + "State"
                : function.substring(0, parameters) + "State" + function.substring(parameters);
    }
}
