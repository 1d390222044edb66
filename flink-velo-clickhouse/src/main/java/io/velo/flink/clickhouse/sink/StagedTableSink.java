// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.Explanation;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.option.DefinitionOptions;
import io.velo.flink.clickhouse.option.LayoutOptions;
import io.velo.flink.clickhouse.sink.SinkPlan.Changes;
import io.velo.flink.clickhouse.sink.StagingTable.Rerun;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.TableRequest;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.StagedTable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsStaging;

/**
 * The table of a {@code CREATE TABLE … AS SELECT} or {@code REPLACE TABLE … AS SELECT} that is
 * there as a whole or not at all: the query fills another table, which takes the name when the job
 * has finished.
 */
public final class StagedTableSink implements DynamicTableSink, SupportsStaging {

    private final SinkRequest request;
    private final StagingName staging;
    private final Rerun rerun;
    private DynamicTableSink sink;

    private StagedTableSink(
            SinkRequest request, StagingName staging, Rerun rerun, DynamicTableSink sink) {
        this.request = request;
        this.staging = staging;
        this.rerun = rerun;
        this.sink = sink;
    }

    /** The sink of a table that a statement creates and fills. */
    public static StagedTableSink of(TableRequest request, ClickHouseTarget target, String table) {
        if (request.options().isSet(LayoutOptions.WRITE_MODE)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'write-mode' has no meaning where the statement makes the"
                                    + " table, which is none over shards.")
                    .at(request.uri().toString())
                    .remedy("Remove it.")
                    .toException();
        }
        if (request.options().isSet(DefinitionOptions.ON_CLUSTER)) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "A table of a query is made as a whole on one server, and not by"
                                    + " 'on-cluster'.")
                    .at(request.uri().toString())
                    .remedy(
                            "SET 'table.rtas-ctas.atomicity-enabled' = 'false', or remove"
                                    + " 'on-cluster'.")
                    .toException();
        }
        StagingName staging = StagingName.of(table);
        SinkRequest staged = SinkRequest.of(request, target, staging.name());
        return new StagedTableSink(
                SinkRequest.of(request, target, table),
                staging,
                rerun(request.configuration()),
                ClickHouseTableSink.ofNewTable(staged));
    }

    /** A job goes on where it was only if it is streaming and has checkpoints. */
    static Rerun rerun(ReadableConfig configuration) {
        boolean streaming =
                configuration.get(ExecutionOptions.RUNTIME_MODE) != RuntimeExecutionMode.BATCH;
        boolean checkpoints =
                configuration
                        .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .filter(interval -> !interval.isZero())
                        .isPresent();
        return streaming && checkpoints ? Rerun.RESUMES : Rerun.REPEATS;
    }

    /**
     * Chooses where the rows go.
     *
     * @throws io.velo.flink.common.error.VeloException if a table that is to be created exists, or
     *     the server cannot be asked
     */
    @Override
    public StagedTable applyStaging(StagingContext context) {
        StagingPurpose purpose = context.getStagingPurpose();
        SinkPlan plan = request.plan(Changes.INSERTS);
        boolean creates =
                purpose == StagingPurpose.CREATE_TABLE_AS
                        || purpose == StagingPurpose.CREATE_TABLE_AS_IF_NOT_EXISTS;
        if (creates && exists(plan)) {
            if (purpose == StagingPurpose.CREATE_TABLE_AS) {
                throw Problem.of(
                                ErrorCode.SCHEMA_CATALOG,
                                "Table " + plan.title() + " already exists.")
                        .at(plan.target().place())
                        .remedy("Drop it, or write CREATE OR REPLACE TABLE … AS SELECT ….")
                        .toException();
            }
            // As without staging: the rows are inserted into the table that is there.
            sink = ClickHouseTableSink.ofExisting(request);
            return new AsItIs();
        }
        checkDatabase(plan);
        checkCreation(plan);
        return new StagingTable(
                plan.target(),
                staging,
                new CreateTable(plan.withTable(staging.name())).statement(staging.id()),
                creates ? StagingTable.Turn.CREATE : StagingTable.Turn.REPLACE,
                rerun);
    }

    /** Only there a table keeps a UUID that the statement chooses, and takes another's name. */
    private static void checkDatabase(SinkPlan plan) {
        String engine = databaseEngine(plan);
        if (!engine.isEmpty() && !engine.equals("Atomic")) {
            throw Problem.of(
                            ErrorCode.CAPABILITY,
                            "A table can be made as a whole in a database of engine Atomic; "
                                    + plan.target().database()
                                    + " is "
                                    + engine
                                    + ".")
                    .at(plan.target().place())
                    .remedy(
                            "SET 'table.rtas-ctas.atomicity-enabled' = 'false', or choose another"
                                    + " database.")
                    .toException();
        }
    }

    private static String databaseEngine(SinkPlan plan) {
        HttpTransport transport = new HttpTransport(SinkRequest.forPlanning(plan.target()));
        String database = plan.target().database();
        try {
            List<List<String>> rows =
                    transport.rowsWithoutDatabase(
                            "SELECT engine FROM system.databases WHERE name = "
                                    + Sql.text(database));
            return rows.isEmpty() ? "" : rows.get(0).get(0);
        } catch (IOException failure) {
            throw Explanation.of(
                    failure,
                    "Looking for database " + database,
                    transport.host(),
                    plan.target().place());
        }
    }

    /** A writer that comes late must not create the table again under its old name. */
    private static void checkCreation(SinkPlan plan) {
        if (plan.autoCreate()) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "Option 'auto-create' has no meaning where the statement makes the"
                                    + " table.")
                    .at(plan.target().place())
                    .remedy("Remove it.")
                    .toException();
        }
    }

    private static boolean exists(SinkPlan plan) {
        HttpTransport transport = new HttpTransport(SinkRequest.forPlanning(plan.target()));
        return new TableMetaReader(transport)
                .find(plan.target().database(), plan.table())
                .isPresent();
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return sink.getChangelogMode(requested);
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return sink.getSinkRuntimeProvider(context);
    }

    @Override
    public DynamicTableSink copy() {
        return new StagedTableSink(request, staging, rerun, sink.copy());
    }

    @Override
    public String asSummaryString() {
        return "New ClickHouse table " + request.plan(Changes.INSERTS).title();
    }

    /** A table that exists and stays, whatever becomes of the job. */
    private static final class AsItIs implements StagedTable {

        private static final long serialVersionUID = 1L;

        @Override
        public void begin() {}

        @Override
        public void commit() {}

        @Override
        public void abort() {}
    }
}
