// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.lookup.PostgresLookupFunction;
import io.velo.flink.postgres.lookup.TableLookup;
import io.velo.flink.postgres.pushdown.PushDown;
import io.velo.flink.postgres.scan.PostgresScanSource;
import io.velo.flink.postgres.scan.ReadOrder;
import io.velo.flink.postgres.scan.ScanQuery;
import io.velo.flink.postgres.scan.SelectItem;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.scan.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A PostgreSQL table for the planner: a bounded scan, and lookups by key. Not thread-safe. */
final class PostgresTableSource
        implements ScanTableSource,
                LookupTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsAggregatePushDown,
                SupportsLimitPushDown,
                SupportsStatisticReport {

    private final TableRequest request;
    private final PostgresTable table;
    private RowType rowType;
    private String filter = "";
    private List<SelectItem> items = List.of();
    private long rowLimit = ScanQuery.ALL_ROWS;
    private PushDown pushDown;

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
        if (request.options().get(PostgresOptions.LOOKUP_CACHE)
                == PostgresOptions.LookupCache.FULL) {
            throw Problem.of(
                            ErrorCode.OPTION_NOT_BUILT,
                            "The value 'full' of option 'lookup.cache' of scheme 'postgresql' is"
                                    + " not built yet in this version of Velo.")
                    .at(table.settings().place())
                    .remedy("Use lookup.cache=partial or none.")
                    .toException();
        }
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
        TableScan scan =
                new TableScan(
                        table.settings(),
                        table.requireRelation(),
                        rowType,
                        new ScanQuery(filter, items, rowLimit),
                        batch ? ReadOrder.ANY : ReadOrder.BY_KEY,
                        splitting(),
                        request.options().get(PostgresOptions.ON_SPECIAL_VALUE),
                        table.backoff());
        return SourceProvider.of(
                new PostgresScanSource(scan),
                request.options().find(CommonOptions.PARALLELISM).orElse(null));
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
        PostgresLookupFunction function = new PostgresLookupFunction(lookup(context.getKeys()));
        ResolvedOptions options = request.options();
        if (options.get(PostgresOptions.LOOKUP_CACHE) == PostgresOptions.LookupCache.NONE) {
            return AsyncLookupFunctionProvider.of(function);
        }
        DefaultLookupCache.Builder cache =
                DefaultLookupCache.newBuilder()
                        .cacheMissingKey(options.get(PostgresOptions.CACHE_MISSING_KEY));
        options.find(PostgresOptions.CACHE_MAX_ROWS).ifPresent(cache::maximumSize);
        options.find(PostgresOptions.CACHE_EXPIRE_AFTER_WRITE).ifPresent(cache::expireAfterWrite);
        options.find(PostgresOptions.CACHE_EXPIRE_AFTER_ACCESS).ifPresent(cache::expireAfterAccess);
        return PartialCachingAsyncLookupProvider.of(function, cache.build());
    }

    private TableLookup lookup(int[][] keys) {
        List<Integer> key = new ArrayList<>();
        for (int[] path : keys) {
            if (path.length != 1) {
                throw Problem.of(
                                ErrorCode.CAPABILITY_COMBINATION,
                                "A part of a column cannot be the key of a lookup join.")
                        .at(table.settings().place())
                        .remedy("Join on whole columns.")
                        .toException();
            }
            key.add(path[0]);
        }
        TableLookup.Limits limits =
                new TableLookup.Limits(
                        request.options().get(CommonOptions.LOOKUP_BATCH_SIZE),
                        request.options().get(CommonOptions.LOOKUP_BATCH_TIMEOUT),
                        request.configuration()
                                .get(
                                        ExecutionConfigOptions
                                                .TABLE_EXEC_ASYNC_LOOKUP_BUFFER_CAPACITY));
        return new TableLookup(
                table.settings(),
                table.requireRelation(),
                rowType,
                filter,
                key,
                limits,
                request.options().get(PostgresOptions.ON_SPECIAL_VALUE),
                table.backoff());
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

    @Override
    public boolean applyAggregates(
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
        PostgresTableSource copy = new PostgresTableSource(request);
        copy.rowType = rowType;
        copy.filter = filter;
        copy.items = items;
        copy.rowLimit = rowLimit;
        copy.pushDown = pushDown;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return table.settings().place() + " " + table.requireRelation();
    }
}
