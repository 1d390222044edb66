// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.sink.SinkPlan.Changes;
import io.velo.flink.clickhouse.type.ScalarTypes;
import io.velo.flink.common.scheme.TableRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.connector.sink.abilities.SupportsDeletePushDown;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/**
 * A ClickHouse table as the planner sees it. A query that only inserts is planned without asking
 * the server; one that updates needs to know the engine, which is then asked once.
 */
public final class ClickHouseTableSink
        implements DynamicTableSink,
                SupportsTruncate,
                SupportsOverwrite,
                SupportsPartitioning,
                SupportsRowLevelUpdate,
                SupportsDeletePushDown {

    private final SinkRequest request;
    private Changes changes;
    private final AskedEngine engine;
    private String deleted = "";
    private boolean overwriting;
    private boolean updating;

    private ClickHouseTableSink(SinkRequest request, Changes changes, AskedEngine engine) {
        this.request = request;
        this.changes = changes;
        this.engine = engine;
    }

    /**
     * The sink of a request.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-002} if a column has a type
     *     that this version cannot write
     */
    public static DynamicTableSink of(TableRequest request, ClickHouseTarget target, String table) {
        TableShape.check(request);
        ScalarTypes.check((RowType) request.physicalType().getLogicalType(), "written");
        return ofExisting(SinkRequest.of(request, target, table));
    }

    /** The sink of a table that the server has, or will have under auto-create. */
    static ClickHouseTableSink ofExisting(SinkRequest request) {
        return new ClickHouseTableSink(request, Changes.INSERTS, AskedEngine.ofServer());
    }

    /** The sink of a table that a statement is about to create. */
    static ClickHouseTableSink ofNewTable(SinkRequest request) {
        return new ClickHouseTableSink(request, Changes.INSERTS, AskedEngine.ofNewTable());
    }

    /**
     * The planner also asks what the table could take in general, whatever the query sends; a
     * refusal of that question must leave the answer for the query as it was.
     */
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        if (requested.containsOnly(RowKind.INSERT)) {
            changes = Changes.INSERTS;
            return ChangelogMode.insertOnly();
        }
        Changes sent = requested.contains(RowKind.DELETE) ? Changes.DELETES : Changes.UPDATES;
        SinkPlan plan = request.plan(sent);
        Upserts upserts = engine.upserts(plan);
        EngineCheck.check(plan, upserts);
        changes = sent;
        ChangelogMode.Builder mode = ChangelogMode.newBuilder().addContainedKind(RowKind.INSERT);
        mode.addContainedKind(RowKind.UPDATE_AFTER);
        if (upserts.retracts()) {
            mode.addContainedKind(RowKind.UPDATE_BEFORE);
        }
        if (sent == Changes.DELETES) {
            mode.addContainedKind(RowKind.DELETE);
            mode.keyOnlyDeletes(!upserts.fullDeletes());
        }
        return mode.build();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        SinkPlan table = request.plan(updating ? Changes.UPDATES : changes);
        OverwriteTable overwritten =
                overwriting ? Overwrite.table(request, table, context.isBounded()) : null;
        PartitionShuffle shuffle =
                request.settings().shuffled()
                        ? PartitionShuffle.of(table, engine.meta(table))
                        : PartitionShuffle.NONE;
        SinkPlan filled = overwriting ? table.withTable(overwritten.name().name()) : table;
        WritePlan plan = request.settings().plan(filled, shuffle, context);
        Sink<RowData> sink = overwriting ? new OverwritingSink(plan, overwritten) : sink(plan);
        if (updating) {
            sink = new UpdatingSink(plan);
        }
        return SinkV2Provider.of(sink, request.parallelism());
    }

    private static Sink<RowData> sink(WritePlan plan) {
        if (plan.optimize().isOn()) {
            return new OptimizingSink(plan);
        }
        return plan.table().guarantee().exactlyOnce()
                ? new ExactlyOnceSink(plan)
                : new ClickHouseSink(plan);
    }

    /** The whole table: Flink knows nothing of its partitions. */
    @Override
    public void applyOverwrite(boolean overwrite) {
        overwriting = overwrite;
    }

    /** Does nothing: the rows of the query have the values of PARTITION (…) among their columns. */
    @Override
    public void applyStaticPartition(Map<String, String> partition) {}

    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(
            List<Column> updated, RowLevelModificationScanContext context) {
        RowUpdate update = RowUpdate.of(request, engine, updated);
        updating = true;
        return update;
    }

    @Override
    public void executeTruncation() {
        RowStatements.truncate(request.plan(Changes.INSERTS));
    }

    @Override
    public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
        deleted = RowStatements.condition(request.plan(Changes.INSERTS), filters);
        return true;
    }

    /** The server does not count what a lightweight DELETE removes. */
    @Override
    public Optional<Long> executeDeletion() {
        RowStatements.delete(request.plan(Changes.INSERTS), deleted);
        return Optional.empty();
    }

    @Override
    public DynamicTableSink copy() {
        ClickHouseTableSink copy = new ClickHouseTableSink(request, changes, engine);
        copy.deleted = deleted;
        copy.overwriting = overwriting;
        copy.updating = updating;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "ClickHouse table " + request.plan(Changes.INSERTS).title();
    }
}
