// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.type.ScalarTypes;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.LookupRefused;
import io.velo.flink.common.scheme.TableRequest;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A ClickHouse table as the planner sees it: a bounded scan of the columns that are used. */
public final class ClickHouseTableSource
        implements ScanTableSource,
                LookupRefused,
                SupportsProjectionPushDown,
                SupportsLimitPushDown {

    private final String schemeName;
    private final Integer parallelism;
    private ScanPlan plan;

    private ClickHouseTableSource(String schemeName, Integer parallelism, ScanPlan plan) {
        this.schemeName = schemeName;
        this.parallelism = parallelism;
        this.plan = plan;
    }

    /** The source of a request; opens no connection. */
    public static DynamicTableSource of(
            TableRequest request, ClickHouseTarget target, String table, String schemeName) {
        String timezone =
                request.options().find(ClickHouseOptions.TIMEZONE).map(Object::toString).orElse("");
        RowType rowType = (RowType) request.physicalType().getLogicalType();
        return new ClickHouseTableSource(
                schemeName,
                request.options().find(CommonOptions.PARALLELISM).orElse(null),
                new ScanPlan(
                        target, table, rowType, ScanPlan.NO_LIMIT, timezone, resumable(request)));
    }

    /** A batch job reads a scan that failed again as a whole, and faster without an order. */
    private static boolean resumable(TableRequest request) {
        ReadableConfig configuration = request.configuration();
        return configuration.get(ExecutionOptions.RUNTIME_MODE) != RuntimeExecutionMode.BATCH
                && configuration
                        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .isPresent();
    }

    @Override
    public String schemeName() {
        return schemeName;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        ScalarTypes.check(plan.rowType(), "read");
        return SourceProvider.of(new ClickHouseSource(plan), parallelism);
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        plan = plan.withRowType((RowType) producedDataType.getLogicalType());
    }

    @Override
    public void applyLimit(long limit) {
        plan = plan.withLimit(limit);
    }

    @Override
    public DynamicTableSource copy() {
        return new ClickHouseTableSource(schemeName, parallelism, plan);
    }

    @Override
    public String asSummaryString() {
        return "ClickHouse table " + plan.title();
    }
}
