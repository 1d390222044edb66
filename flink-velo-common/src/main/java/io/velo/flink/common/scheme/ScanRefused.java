// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;

/**
 * Mixed into the table source of a scheme that serves lookups only, so that a scan is refused with
 * the standard sentence and not with one of Flink's.
 */
public interface ScanRefused extends ScanTableSource {

    /** The name of the scheme, for the sentence. */
    String schemeName();

    @Override
    default ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    /**
     * Refuses not here but when the scan becomes part of a job: in batch mode the planner asks
     * every source for its provider, also those that it will only look up.
     */
    @Override
    default ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        String name = schemeName();
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext providerContext, StreamExecutionEnvironment environment) {
                throw Capability.SCAN.refusal(name).toException();
            }

            @Override
            public boolean isBounded() {
                return true;
            }
        };
    }
}
