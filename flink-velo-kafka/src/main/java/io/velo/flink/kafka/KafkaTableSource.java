// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.failure.FailureSettings;
import io.velo.flink.common.scheme.LookupRefused;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicSource;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * The table source of Flink's Kafka connector with all its abilities, and with the standard
 * sentence for a lookup join. Changes while a query is planned, as every table source; not
 * thread-safe.
 */
final class KafkaTableSource
        implements ScanTableSource,
                SupportsReadingMetadata,
                SupportsWatermarkPushDown,
                LookupRefused {

    private final KafkaDynamicSource delegate;
    private final FailureSettings failure;
    private final String table;

    /**
     * A source of a table.
     *
     * @param failure what becomes of records that cannot be read
     * @param table the table's name, for messages
     */
    KafkaTableSource(KafkaDynamicSource delegate, FailureSettings failure, String table) {
        this.delegate = delegate;
        this.failure = failure;
        this.table = table;
    }

    @Override
    public String schemeName() {
        return KafkaSpec.NAME;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return delegate.getChangelogMode();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return new GuardedScan(
                (DataStreamScanProvider) delegate.getScanRuntimeProvider(context),
                failure.plan(),
                table);
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return delegate.listReadableMetadata();
    }

    @Override
    public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
        delegate.applyReadableMetadata(metadataKeys, producedDataType);
    }

    @Override
    public boolean supportsMetadataProjection() {
        return delegate.supportsMetadataProjection();
    }

    @Override
    public void applyWatermark(WatermarkStrategy<RowData> watermarkStrategy) {
        delegate.applyWatermark(watermarkStrategy);
    }

    @Override
    public DynamicTableSource copy() {
        return new KafkaTableSource((KafkaDynamicSource) delegate.copy(), failure, table);
    }

    @Override
    public String asSummaryString() {
        return delegate.asSummaryString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KafkaTableSource that
                && that.delegate.equals(delegate)
                && that.failure == failure;
    }

    @Override
    public int hashCode() {
        return delegate.hashCode();
    }
}
