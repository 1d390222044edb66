// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.ScanOptions;
import io.velo.flink.clickhouse.type.ScalarTypes;
import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.TableRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.FullCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.trigger.PeriodicCacheReloadTrigger;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * A ClickHouse table as the planner sees it: a scan, bounded or incremental, and lookups by key.
 * Columns, fields of tuples, conditions, LIMIT are left to the server where it gives exactly
 * Flink's answer. Used by the planner's thread.
 */
public class ClickHouseTableSource
        implements ScanTableSource,
                LookupTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsLimitPushDown,
                SupportsStatisticReport,
                SupportsReadingMetadata {

    private final LookupPlan lookup;
    private final ScanKind kind;
    private final PlannedTable table;
    private ScanPlan plan;

    ClickHouseTableSource(LookupPlan lookup, ScanKind kind, PlannedTable table, ScanPlan plan) {
        this.lookup = lookup;
        this.kind = kind;
        this.table = table;
        this.plan = plan;
    }

    /**
     * The source of a request; opens no connection.
     *
     * @param targets the servers that hold the table: its own first, then those to which lookups
     *     fall back
     */
    public static DynamicTableSource of(
            TableRequest request, List<ClickHouseTarget> targets, String table) {
        ClickHouseTarget target = targets.get(0);
        ResolvedOptions options = request.options();
        ScanKind kind = ScanKind.of(request);
        String timezone = options.find(ClickHouseOptions.TIMEZONE).map(Object::toString).orElse("");
        RowType rowType = (RowType) request.physicalType().getLogicalType();
        ScanObject object =
                new ScanObject(
                        target.database(), table, options.find(ScanOptions.QUERY).orElse(""));
        ScanPlan.Reading reading =
                new ScanPlan.Reading(
                        timezone,
                        kind.resumable(),
                        new SplitSize(
                                options.get(ScanOptions.SPLIT_ROWS),
                                options.get(ScanOptions.SPLIT_BYTES).getBytes()),
                        options.get(ScanOptions.SCAN_CONSISTENCY)
                                == ScanOptions.Consistency.SEQUENTIAL,
                        options.get(ScanOptions.USE_LOCAL));
        ClickHouseTableSource rows =
                new ClickHouseTableSource(
                        LookupPlan.of(request, targets),
                        kind,
                        new PlannedTable(target, object, timezone),
                        ScanPlan.of(target, object, rowType, reading));
        // Flink's planner fails over AVG of a decimal for any source that computes aggregates.
        boolean decimals =
                rowType.getChildren().stream().anyMatch(type -> type.is(LogicalTypeRoot.DECIMAL));
        return decimals ? rows : new AggregatingTableSource(rows);
    }

    /** The same source with its own state. */
    ClickHouseTableSource(ClickHouseTableSource other) {
        this(other.lookup, other.kind, other.table, other.plan);
    }

    /** Lets the server compute these aggregates; whether it can. */
    final boolean aggregate(
            List<int[]> groupingSets, List<AggregateExpression> calls, RowType produced) {
        Optional<TableMeta> meta =
                groupingSets.size() == 1 && plan.limit() == ScanPlan.NO_LIMIT
                        ? table.meta()
                        : Optional.empty();
        Optional<Aggregates> aggregates =
                meta.flatMap(
                        known ->
                                new AggregateSql(
                                                index -> value(known, index),
                                                index -> column(known, index))
                                        .of(groupingSets.get(0), calls, produced));
        aggregates.ifPresent(found -> plan = plan.withAggregates(found, produced));
        return aggregates.isPresent();
    }

    private Optional<TableColumns.Found> column(TableMeta meta, int index) {
        return new TableColumns(meta).find(plan.columns().get(index));
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        ScalarTypes.check(plan.rowType(), "read");
        if (lookup.fullReload() != null) {
            return FullCachingLookupProvider.of(
                    InputFormatProvider.of(new ScanInputFormat(plan)),
                    new PeriodicCacheReloadTrigger(
                            lookup.fullReload(),
                            PeriodicCacheReloadTrigger.ScheduleMode.FIXED_DELAY));
        }
        KeyColumns keys = new KeyColumns(plan.rowType(), context.getKeys(), plan.title());
        return AsyncLookupFunctionProvider.of(
                new BatchingLookup<>(
                        new ClickHouseLookupTable(
                                plan, keys, lookup.targets(), lookup.dictionary()),
                        lookup.settings()
                                .checked(plan.rowType(), context.getKeys(), plan.title())));
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return kind.changelog();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        ScalarTypes.check(plan.rowType(), "read");
        return kind.provider(plan);
    }

    @Override
    public boolean supportsNestedProjection() {
        return true;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        RowType produced = (RowType) producedDataType.getLogicalType();
        List<ScanColumn> columns = new ArrayList<>();
        for (int i = 0; i < projectedFields.length; i++) {
            columns.add(projected(projectedFields[i], produced.getTypeAt(i)));
        }
        plan = plan.withColumns(columns, produced);
    }

    private ScanColumn projected(int[] path, LogicalType type) {
        ScanColumn column = plan.columns().get(path[0]);
        List<String> names = new ArrayList<>(column.path());
        LogicalType nested = column.type();
        for (int i = 1; i < path.length; i++) {
            RowType row = (RowType) nested;
            names.add(row.getFieldNames().get(path[i]));
            nested = row.getTypeAt(path[i]);
        }
        return new ScanColumn(names, type, column.virtual());
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return plan.object().isQuery() ? Map.of() : VirtualColumn.all();
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedDataType) {
        RowType produced = (RowType) producedDataType.getLogicalType();
        List<ScanColumn> columns = new ArrayList<>(plan.columns());
        columns.removeIf(ScanColumn::virtual);
        for (String key : keys) {
            LogicalType type = produced.getTypeAt(columns.size());
            columns.add(new ScanColumn(List.of(key), type, true));
        }
        plan = plan.withColumns(columns, produced);
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        List<ResolvedExpression> remaining = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        Optional<TableMeta> meta =
                filters.isEmpty() || !kind.pushesFilters() || !lookup.dictionary().isEmpty()
                        ? Optional.empty()
                        : table.meta();
        for (ResolvedExpression filter : filters) {
            Optional<String> condition =
                    meta.flatMap(known -> new FilterSql(name -> value(known, name)).of(filter));
            condition.ifPresent(conditions::add);
            (condition.isPresent() ? accepted : remaining).add(filter);
        }
        plan = plan.withFilters(conditions);
        return Result.of(accepted, remaining);
    }

    private Optional<FieldValue> value(TableMeta meta, String name) {
        int index = plan.rowType().getFieldIndex(name);
        return index < 0 ? Optional.empty() : value(meta, index);
    }

    private Optional<FieldValue> value(TableMeta meta, int index) {
        ScanColumn column = plan.columns().get(index);
        return new TableColumns(meta)
                .find(column)
                .flatMap(found -> FieldValue.of(found, column.type(), table.zone()));
    }

    @Override
    public void applyLimit(long limit) {
        plan = kind.following().isPresent() ? plan : plan.withLimit(limit);
    }

    @Override
    public TableStats reportStatistics() {
        return table.rows(plan.filters()).map(TableStats::new).orElse(TableStats.UNKNOWN);
    }

    @Override
    public DynamicTableSource copy() {
        return new ClickHouseTableSource(this);
    }

    @Override
    public String asSummaryString() {
        return "ClickHouse table " + plan.title();
    }
}
