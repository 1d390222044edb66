// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.row.EnvelopeColumn;
import io.velo.flink.postgres.cdc.row.MetadataColumn;
import io.velo.flink.postgres.cdc.source.PostgresCaptureSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** The changes of PostgreSQL tables for the planner. Not thread-safe. */
final class PostgresCaptureTable
        implements ScanTableSource,
                SupportsProjectionPushDown,
                SupportsReadingMetadata,
                SupportsFilterPushDown {

    private final TableRequest request;
    private final CaptureRequest capture;
    private RowType columns;
    private DataType produced;
    private List<MetadataColumn> metadata = List.of();
    private Set<String> only = Set.of();

    /**
     * The changes of a request.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    PostgresCaptureTable(TableRequest request) {
        this.request = request;
        this.capture = new CaptureRequest(request);
        this.produced = request.physicalType();
        this.columns = (RowType) produced.getLogicalType();
        if (capture.isEnvelope()) {
            columns.getFieldNames().forEach(this::requireEnvelopeColumn);
        }
    }

    private void requireEnvelopeColumn(String name) {
        Set<String> known = new TreeSet<>();
        EnumSet.allOf(EnvelopeColumn.class).forEach(column -> known.add(column.columnName()));
        if (!known.contains(name)) {
            throw Problem.of(
                            ErrorCode.SCHEMA_COLUMN,
                            "The changes of several tables have no column '" + name + "'.")
                    .at(capture.place())
                    .remedy(
                            "They have "
                                    + String.join(", ", known)
                                    + "; add ?table=name for the columns of one table.")
                    .toException();
        }
    }

    @Override
    public ChangelogMode getChangelogMode() {
        ChangelogForm form = capture.form();
        if (!capture.readsChanges()) {
            // Each row once: Flink needs no state behind it.
            return ChangelogMode.insertOnly();
        }
        return switch (form) {
            case UPSERT -> ChangelogMode.upsert(true);
            case APPEND -> ChangelogMode.insertOnly();
            default -> ChangelogMode.all();
        };
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        CaptureSettings settings = capture.settings(columns, metadata, only);
        TypeInformation<RowData> type = context.createTypeInformation(produced);
        Integer parallelism = request.options().find(CommonOptions.PARALLELISM).orElse(null);
        return new DataStreamScanProvider() {
            @Override
            public DataStream<RowData> produceDataStream(
                    ProviderContext provider, StreamExecutionEnvironment environment) {
                requireCheckpoints(settings, environment);
                requireUnchangedColumns(settings);
                DataStreamSource<RowData> stream =
                        environment.fromSource(
                                new PostgresCaptureSource(settings),
                                WatermarkStrategy.noWatermarks(),
                                capture.place(),
                                type);
                provider.generateUid("changes").ifPresent(stream::uid);
                boolean ordered = environment.getCheckpointConfig().isUnalignedCheckpointsEnabled();
                if (ordered) {
                    // Rows on their way pass through such a checkpoint: only one channel from one
                    // reader keeps them before the changes.
                    stream.setParallelism(1);
                } else if (parallelism != null) {
                    stream.setParallelism(parallelism);
                }
                return stream;
            }

            @Override
            public boolean isBounded() {
                return !settings.readsChanges();
            }
        };
    }

    /** Without checkpoints the server could never forget a change. */
    private void requireCheckpoints(
            CaptureSettings settings, StreamExecutionEnvironment environment) {
        if (settings.readsChanges()
                && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Change capture needs checkpoints: behind them the server may forget"
                                    + " its log.")
                    .at(capture.place())
                    .remedy("SET 'execution.checkpointing.interval' = '10 s';")
                    .toException();
        }
    }

    /**
     * Without the names of the columns that were not sent, their NULL would look like any other.
     */
    private void requireUnchangedColumns(CaptureSettings settings) {
        if (!capture.isEnvelope()
                && settings.readsChanges()
                && settings.rules().toast() == UnchangedToast.METADATA
                && !settings.layout().metadata().contains(MetadataColumn.UNCHANGED_COLUMNS)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "With toast_unchanged=metadata a query must read the metadata column"
                                    + " 'unchanged_columns': without it, values that were not sent"
                                    + " look like NULL.")
                    .at(capture.place())
                    .remedy(
                            "Declare unchanged_columns ARRAY<STRING> METADATA and read it, or use"
                                    + " toast_unchanged=reselect.")
                    .toException();
        }
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        produced = producedDataType;
        columns = (RowType) producedDataType.getLogicalType();
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> listed = new LinkedHashMap<>();
        for (MetadataColumn column : MetadataColumn.values()) {
            boolean isColumn =
                    column == MetadataColumn.SCHEMA_NAME || column == MetadataColumn.TABLE_NAME;
            if (!capture.isEnvelope() || !isColumn) {
                listed.put(column.key(), column.type());
            }
        }
        return listed;
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedDataType) {
        metadata = keys.stream().map(key -> MetadataColumn.of(key).orElseThrow()).toList();
        produced = producedDataType;
        RowType all = (RowType) producedDataType.getLogicalType();
        columns =
                new RowType(
                        all.isNullable(),
                        all.getFields().subList(0, all.getFieldCount() - keys.size()));
    }

    /** A predicate on table_name decides which tables are published; the filter stays as it is. */
    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        if (capture.isEnvelope()) {
            for (ResolvedExpression filter : filters) {
                Set<String> names = TableNamePredicate.names(filter);
                if (!names.isEmpty()) {
                    only = only.isEmpty() ? names : intersection(only, names);
                }
            }
        }
        return Result.of(List.of(), filters);
    }

    private static Set<String> intersection(Set<String> a, Set<String> b) {
        Set<String> both = new TreeSet<>(a);
        both.retainAll(b);
        return both.isEmpty() ? a : both;
    }

    @Override
    public DynamicTableSource copy() {
        PostgresCaptureTable copy = new PostgresCaptureTable(request);
        copy.columns = columns;
        copy.produced = produced;
        copy.metadata = metadata;
        copy.only = only;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return capture.place();
    }
}
