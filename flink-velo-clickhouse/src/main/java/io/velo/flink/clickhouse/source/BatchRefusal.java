// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;

/**
 * Refuses an incremental scan in a batch job, and not before it becomes part of one: the planner
 * asks every source for its provider, also those that it will only look up.
 *
 * @param title the table
 * @param place the redacted URI
 */
record BatchRefusal(String title, String place) implements DataStreamScanProvider {

    @Override
    public DataStream<RowData> produceDataStream(
            ProviderContext providerContext, StreamExecutionEnvironment environment) {
        throw Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "The incremental scan of " + title + " never ends, and batch jobs have to.")
                .at(place)
                .remedy("Remove scan.mode, or set 'execution.runtime-mode' = 'streaming'.")
                .toException();
    }

    @Override
    public boolean isBounded() {
        return true;
    }
}
