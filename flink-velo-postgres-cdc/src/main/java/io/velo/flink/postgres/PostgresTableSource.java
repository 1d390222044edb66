// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.Fallbacks;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.lookup.LookupCacheKind;
import io.velo.flink.common.lookup.LookupOptions;
import io.velo.flink.common.lookup.LookupSettings;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.lookup.PostgresLookupTable;
import io.velo.flink.postgres.lookup.TableLookup;
import io.velo.flink.postgres.pushdown.PushDown;
import io.velo.flink.postgres.scan.PostgresScanSource;
import io.velo.flink.postgres.scan.ReadOrder;
import io.velo.flink.postgres.scan.ScanInputFormat;
import io.velo.flink.postgres.scan.ScanQuery;
import io.velo.flink.postgres.scan.SelectItem;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.scan.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.FullCachingLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.trigger.PeriodicCacheReloadTrigger;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** A PostgreSQL table for the planner: a bounded scan, and lookups by key. Not thread-safe. */
class PostgresTableSource
        implements ScanTableSource,
                LookupTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsLimitPushDown,
                SupportsStatisticReport {

    /** While one request is under way the next is put together. */
    private static final int LOOKUP_CONNECTIONS = 4;

    private final TableRequest request;
    private final PostgresTable table;
    private RowType rowType;
    private String filter = "";
    private List<SelectItem> items = List.of();
    private long rowLimit = ScanQuery.ALL_ROWS;
    private PushDown pushDown;

    /** The same source, to be changed on its own. */
    PostgresTableSource(PostgresTableSource other) {
        this.request = other.request;
        this.table = other.table;
        this.rowType = other.rowType;
        this.filter = other.filter;
        this.items = other.items;
        this.rowLimit = other.rowLimit;
        this.pushDown = other.pushDown;
    }

    /**
     * The source of a request that names a table.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    static PostgresTableSource of(TableRequest request) {
        PostgresTableSource rows = new PostgresTableSource(request);
        // Flink's planner fails over AVG of a decimal for any source that computes aggregates.
        boolean decimals =
                rows.rowType.getChildren().stream()
                        .anyMatch(type -> type.is(LogicalTypeRoot.DECIMAL));
        return decimals ? rows : new AggregatingTableSource(rows);
    }

    /**
     * The source of a request that names a table.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    PostgresTableSource(TableRequest request) {
        this.request = request;
        this.table = PostgresTable.of(request);
        this.rowType = (RowType) request.physicalType().getLogicalType();
        table.requireRelation();
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        boolean batch =
                request.configuration().get(ExecutionOptions.RUNTIME_MODE)
                        == RuntimeExecutionMode.BATCH;
        return SourceProvider.of(
                new PostgresScanSource(scan(batch ? ReadOrder.ANY : ReadOrder.BY_KEY)),
                request.options().find(CommonOptions.PARALLELISM).orElse(null));
    }

    private TableScan scan(ReadOrder order) {
        return new TableScan(
                table.settings(),
                table.requireRelation(),
                rowType,
                new ScanQuery(filter, items, rowLimit),
                order,
                splitting(),
                request.options().get(PostgresOptions.ON_SPECIAL_VALUE),
                table.backoff());
    }

    private Splitting splitting() {
        ResolvedOptions options = request.options();
        return new Splitting(
                options.get(PostgresOptions.SNAPSHOT_STRATEGY),
                options.get(PostgresOptions.SNAPSHOT_CHUNK_BYTES).getBytes(),
                options.get(PostgresOptions.SNAPSHOT_CONSISTENCY));
    }

    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        ResolvedOptions options = request.options();
        if (options.get(LookupOptions.CACHE) == LookupCacheKind.FULL) {
            return FullCachingLookupProvider.of(
                    InputFormatProvider.of(new ScanInputFormat(scan(ReadOrder.ANY))),
                    new PeriodicCacheReloadTrigger(
                            options.get(LookupOptions.FULL_RELOAD_INTERVAL),
                            PeriodicCacheReloadTrigger.ScheduleMode.FIXED_DELAY));
        }
        String name = request.identifier().asSummaryString();
        TableLookup lookup =
                new TableLookup(
                        name,
                        table.requireRelation(),
                        rowType,
                        filter,
                        new KeyColumns(rowType, context.getKeys(), name),
                        options.get(PostgresOptions.ON_SPECIAL_VALUE));
        List<ConnectSettings> servers = new ArrayList<>();
        servers.add(table.settings());
        Fallbacks.of(request).forEach(other -> servers.add(PostgresTable.of(other).settings()));
        LookupSettings settings = LookupSettings.of(request, LOOKUP_CONNECTIONS);
        return AsyncLookupFunctionProvider.of(
                new BatchingLookup<>(
                        new PostgresLookupTable(lookup, servers),
                        settings.checked(rowType, context.getKeys(), name)));
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        rowType = (RowType) producedDataType.getLogicalType();
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        List<ResolvedExpression> remaining = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        for (ResolvedExpression expression : filters) {
            Optional<String> condition = pushDown().condition(expression);
            condition.ifPresent(conditions::add);
            (condition.isPresent() ? accepted : remaining).add(expression);
        }
        filter = String.join(" AND ", conditions);
        return Result.of(accepted, remaining);
    }

    /** Hands aggregates to the server, if it computes them as Flink does. */
    final boolean aggregate(
            List<int[]> groupingSets, List<AggregateExpression> aggregates, DataType produced) {
        if (groupingSets.size() != 1 || rowLimit != ScanQuery.ALL_ROWS || !items.isEmpty()) {
            return false;
        }
        Optional<List<SelectItem>> selected =
                pushDown().aggregation(rowType, groupingSets.get(0), aggregates);
        selected.ifPresent(
                found -> {
                    items = found;
                    rowType = (RowType) produced.getLogicalType();
                });
        return selected.isPresent();
    }

    @Override
    public TableStats reportStatistics() {
        return StatisticsReport.of(table, rowType, filter);
    }

    /** What the server can do is asked once, and only if there is something that it could do. */
    private PushDown pushDown() {
        if (pushDown == null) {
            pushDown =
                    PushDown.of(
                            table.settings(),
                            table.requireRelation(),
                            (RowType) request.physicalType().getLogicalType(),
                            request.options().get(PostgresOptions.ON_SPECIAL_VALUE));
        }
        return pushDown;
    }

    @Override
    public void applyLimit(long limit) {
        rowLimit = limit;
    }

    @Override
    public DynamicTableSource copy() {
        return new PostgresTableSource(this);
    }

    @Override
    public String asSummaryString() {
        return table.settings().place() + " " + table.requireRelation();
    }
}
