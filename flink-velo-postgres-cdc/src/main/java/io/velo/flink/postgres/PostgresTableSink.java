// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.batch.BatchLimits;
import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.FailureSettings;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.sink.CommitMethod;
import io.velo.flink.postgres.sink.ExactlyOnceSink;
import io.velo.flink.postgres.sink.NewTable;
import io.velo.flink.postgres.sink.OnConflict;
import io.velo.flink.postgres.sink.PostgresSink;
import io.velo.flink.postgres.sink.WholeTable;
import io.velo.flink.postgres.sink.WritePlan;
import io.velo.flink.postgres.sink.WriteTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsDeletePushDown;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelDelete;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTargetColumnWriting;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * A PostgreSQL table that is written. With a primary key it takes updates and deletions by key,
 * otherwise insertions. Not thread-safe, as the planner uses it.
 */
final class PostgresTableSink
        implements DynamicTableSink,
                SupportsTargetColumnWriting,
                SupportsTruncate,
                SupportsDeletePushDown,
                SupportsRowLevelDelete,
                SupportsRowLevelUpdate,
                SupportsOverwrite {

    private final TableRequest request;
    private final PostgresTable table;
    private final RowType columns;
    private final FailureSettings failure;
    private final BatchLimits batching;
    private final OnConflict onConflict;
    private final int version;
    private final Set<Integer> targets = new TreeSet<>();
    private boolean overwrites;

    private PostgresTableSink(TableRequest request) {
        ResolvedOptions options = request.options();
        this.request = request;
        this.table = PostgresTable.of(request);
        this.columns = (RowType) request.physicalType().getLogicalType();
        this.failure = FailureSettings.of(request, "postgresql", "json");
        this.batching =
                BatchLimits.of(
                        options,
                        BatchLimits.fixed(
                                options.get(PostgresOptions.BATCH_SIZE),
                                options.get(PostgresOptions.BATCH_BYTES).getBytes(),
                                options.get(PostgresOptions.BATCH_TIMEOUT),
                                2));
        this.onConflict = options.get(PostgresOptions.ON_CONFLICT);
        this.version = options.find(PostgresOptions.VERSION_COLUMN).map(this::field).orElse(-1);
        table.requireTable();
    }

    /**
     * The sink of a request.
     *
     * @throws io.velo.flink.common.error.VeloException if the request cannot be served
     */
    static PostgresTableSink of(TableRequest request) {
        PostgresTableSink sink = new PostgresTableSink(request);
        sink.check();
        return sink;
    }

    private void check() {
        if (request.options().get(PostgresOptions.AUTO_CREATE)) {
            NewTable.statement(target());
        }
        boolean upserts = isUpsert();
        if (!upserts && (version >= 0 || skipsUnchanged())) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Options 'version-column' and 'skip-unchanged' have a meaning only"
                                    + " where rows replace rows.")
                    .at(table.settings().place())
                    .remedy("Declare a PRIMARY KEY, with 'on-conflict'='update'.")
                    .toException();
        }
        if (upserts && isExactlyOnce()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Exactly-once delivery is for tables to which rows are only added, and"
                                    + " this one has a primary key.")
                    .at(table.settings().place())
                    .remedy(
                            "Use at-least-once: a row that is written again under its key changes"
                                    + " nothing, so the final state is exact.")
                    .toException();
        }
        if (!isExactlyOnce() && request.options().isSet(PostgresOptions.COMMIT_METHOD)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'sink.commit-method' has a meaning only under"
                                    + " 'sink.delivery-guarantee'='exactly-once'.")
                    .at(table.settings().place())
                    .remedy("Remove it, or ask for exactly-once.")
                    .toException();
        }
        if (isExactlyOnce()
                && onConflict == OnConflict.IGNORE
                && commitMethod() == CommitMethod.PREPARED) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Under 'on-conflict'='ignore' rows cannot wait in a prepared"
                                    + " transaction.")
                    .at(table.settings().place())
                    .remedy("Use 'sink.commit-method'='staging'.")
                    .toException();
        }
    }

    private int field(String name) {
        int field = columns.getFieldIndex(name);
        if (field < 0) {
            throw Problem.of(
                            ErrorCode.SCHEMA_COLUMN,
                            "Option 'version-column' names '" + name + "', which is no column.")
                    .at(table.settings().place())
                    .remedy("The columns are: " + String.join(", ", columns.getFieldNames()) + ".")
                    .toException();
        }
        return field;
    }

    private boolean isExactlyOnce() {
        return request.options().get(CommonOptions.DELIVERY_GUARANTEE)
                == CommonOptions.DeliveryGuarantee.EXACTLY_ONCE;
    }

    private CommitMethod commitMethod() {
        return request.options().get(PostgresOptions.COMMIT_METHOD);
    }

    /**
     * The same for dead letters, which nobody commits.
     *
     * @throws io.velo.flink.common.error.VeloException if rows become visible by a commit only
     */
    PostgresTableSink forDeadLetters() {
        if (isExactlyOnce()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Dead letters are written at least once.")
                    .at(table.settings().place())
                    .remedy("Remove 'sink.delivery-guarantee' from the URI of 'dlq.uri'.")
                    .toException();
        }
        return this;
    }

    private boolean isUpsert() {
        return !overwrites
                && onConflict == OnConflict.UPDATE
                && request.primaryKeyIndexes().length > 0;
    }

    private boolean skipsUnchanged() {
        return request.options().get(PostgresOptions.SKIP_UNCHANGED);
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        if (!isUpsert()) {
            return ChangelogMode.insertOnly();
        }
        return ChangelogMode.newBuilder()
                .addContainedKind(RowKind.INSERT)
                .addContainedKind(RowKind.UPDATE_AFTER)
                .addContainedKind(RowKind.DELETE)
                .keyOnlyDeletes(version < 0)
                .build();
    }

    @Override
    public boolean applyTargetColumns(int[][] targetColumns) {
        for (int[] path : targetColumns) {
            targets.add(path[0]);
        }
        return true;
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        WritePlan plan =
                new WritePlan(
                        target(),
                        batching,
                        request.options().find(BatchOptions.RATE_LIMIT).orElse(null),
                        RetryPlan.of(request.options()),
                        failure.plan(context));
        if (overwrites) {
            // All rows change places in one transaction, which one writer prepares.
            return SinkV2Provider.of(new ExactlyOnceSink(plan), 1);
        }
        return SinkV2Provider.of(
                isExactlyOnce() ? new ExactlyOnceSink(plan) : new PostgresSink(plan),
                request.options().find(CommonOptions.PARALLELISM).orElse(null));
    }

    private WriteTarget target() {
        List<Integer> fields =
                targets.isEmpty()
                        ? IntStream.range(0, columns.getFieldCount()).boxed().toList()
                        : List.copyOf(targets);
        return new WriteTarget(
                table.settings(),
                table.requireTable(),
                request.identifier().asSummaryString(),
                columns,
                fields,
                Arrays.stream(request.primaryKeyIndexes()).boxed().toList(),
                onConflict,
                version,
                skipsUnchanged(),
                request.options().get(PostgresOptions.AUTO_CREATE),
                overwrites,
                overwrites ? CommitMethod.STAGING : isExactlyOnce() ? commitMethod() : null);
    }

    @Override
    public void executeTruncation() {
        WholeTable.truncate(target());
    }

    /** Only a DELETE of all rows; others delete row by row, by key. */
    @Override
    public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
        return filters.isEmpty();
    }

    @Override
    public Optional<Long> executeDeletion() {
        return Optional.of(WholeTable.delete(target()));
    }

    @Override
    public RowLevelDeleteInfo applyRowLevelDelete(RowLevelModificationScanContext context) {
        requireKey("DELETE");
        return new RowLevelDeleteInfo() {};
    }

    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(
            List<Column> updatedColumns, RowLevelModificationScanContext context) {
        requireKey("UPDATE");
        for (Column column : updatedColumns) {
            if (request.primaryKey().contains(column.getName())) {
                throw Problem.of(
                                ErrorCode.CAPABILITY_COMBINATION,
                                "UPDATE cannot change column '"
                                        + column.getName()
                                        + "' of the primary key.")
                        .at(table.settings().place())
                        .remedy("Insert the row under its new key and delete the old one.")
                        .toException();
            }
        }
        return new RowLevelUpdateInfo() {};
    }

    private void requireKey(String statement) {
        if (!isUpsert()) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            statement
                                    + " with a condition finds its rows by the primary key, and"
                                    + " this table has none for Flink.")
                    .at(table.settings().place())
                    .remedy("Declare the PRIMARY KEY, with 'on-conflict'='update'.")
                    .toException();
        }
    }

    @Override
    public void applyOverwrite(boolean overwrite) {
        overwrites = overwrite;
    }

    @Override
    public DynamicTableSink copy() {
        PostgresTableSink copy = new PostgresTableSink(request);
        copy.targets.addAll(targets);
        copy.overwrites = overwrites;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return table.settings().place() + "?table=" + table.requireTable();
    }
}
