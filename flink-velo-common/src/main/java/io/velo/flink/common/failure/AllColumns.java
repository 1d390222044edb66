// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The context of a failing sink as the sink of its dead letters sees it: the columns that the
 * INSERT names are those of the other table.
 */
record AllColumns(DynamicTableSink.Context host) implements DynamicTableSink.Context {

    @Override
    public boolean isBounded() {
        return host.isBounded();
    }

    @Override
    public <T> TypeInformation<T> createTypeInformation(DataType type) {
        return host.createTypeInformation(type);
    }

    @Override
    public <T> TypeInformation<T> createTypeInformation(LogicalType type) {
        return host.createTypeInformation(type);
    }

    @Override
    public DynamicTableSink.DataStructureConverter createDataStructureConverter(DataType type) {
        return host.createDataStructureConverter(type);
    }

    @Override
    public Optional<int[][]> getTargetColumns() {
        return Optional.empty();
    }
}
