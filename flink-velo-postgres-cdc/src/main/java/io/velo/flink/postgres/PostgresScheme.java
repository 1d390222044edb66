// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.failure.FailureOptions;
import io.velo.flink.common.scheme.DdlScheme;
import io.velo.flink.common.scheme.DeadLetterScheme;
import io.velo.flink.common.scheme.DiscoverableScheme;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.LookupScheme;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.ProbeScheme;
import io.velo.flink.common.scheme.ScanScheme;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.ddl.Definitions;
import io.velo.flink.postgres.sql.Identifier;
import io.velo.flink.postgres.sql.ObjectPath;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;

/**
 * PostgreSQL tables: bounded scans by binary COPY, asynchronous lookups by key, a sink, and change
 * data capture.
 */
public final class PostgresScheme
        implements ScanScheme,
                LookupScheme,
                DeadLetterScheme,
                DiscoverableScheme,
                DdlScheme,
                ProbeScheme {

    private static final SchemeSpec SPEC =
            SchemeSpec.of("postgresql", "postgres", "postgres-cdc")
                    .summary(
                            "PostgreSQL tables: bounded scans, lookups by key, inserts and upserts,"
                                    + " change data capture.")
                    .defaultPort(ConnectSettings.DEFAULT_PORT)
                    .entry("host", "database")
                    .login()
                    .options(PostgresOptions.ALL)
                    .options(BatchOptions.ALL)
                    .options(FailureOptions.FOR_SINK)
                    .options(CaptureOptions.ALL)
                    .notBuilt(PostgresOptions.NOT_BUILT)
                    .example(
                            "postgresql://db.example.com:5432/shop?table=public.orders"
                                    + "&sslmode=verify-full",
                            "Reads a table once, or looks up its rows by key.")
                    .example(
                            "postgresql://db1,db2:5433/shop.sales.orders",
                            "Names the table in the path; tries the servers in order.")
                    .example(
                            "postgresql://db:5432/warehouse?table=facts&batch_size=10000",
                            "Written by INSERT INTO: upserts if it has a primary key.")
                    .example(
                            "postgresql://db:5432/shop?table=public.orders&cdc=true",
                            "Reads the rows of a table, then every change of them.")
                    .example(
                            "postgres-cdc://db:5432/shop?table=orders&changelog=append",
                            "Makes every change a row of its own.")
                    .delivers(
                            "At least once; with a primary key a row that is written again changes"
                                    + " nothing, so the final state is exact. Exactly once on"
                                    + " request where rows are only added.")
                    .build();

    @Override
    public SchemeSpec spec() {
        return SPEC;
    }

    @Override
    public DynamicTableSource source(TableRequest request) {
        if (CaptureRequest.isOne(request)) {
            return new PostgresCaptureTable(request);
        }
        CaptureRequest.requireNone(request);
        return PostgresTableSource.of(request);
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        CaptureRequest.refuseWriting(request);
        return PostgresTableSink.of(request);
    }

    @Override
    public DynamicTableSink deadLetters(TableRequest request) {
        return PostgresTableSink.of(request).forDeadLetters();
    }

    @Override
    public DiscoveredTable discover(TableRequest request) {
        return new PostgresDiscovery(request).discover();
    }

    @Override
    public ProbeReport probe(TableRequest request) {
        return new PostgresProbe(request).report();
    }

    @Override
    public boolean namesServer(VeloUri uri) {
        List<String> path = uri.rawPathSegments();
        boolean tableInPath = !path.isEmpty() && path.get(0).indexOf('.') >= 0;
        return !tableInPath
                && uri.parameter(PostgresOptions.TABLE.key()).isEmpty()
                && uri.parameter(PostgresOptions.QUERY.key()).isEmpty();
    }

    /** The schemas of the database that the URI names. */
    @Override
    public List<String> databases(TableRequest server) {
        return new PostgresBrowser(server).schemas();
    }

    @Override
    public List<String> tables(TableRequest server, String database) {
        return new PostgresBrowser(server).tables(database);
    }

    @Override
    public String databaseComment(TableRequest server, String database) {
        return new PostgresBrowser(server).schemaComment(database);
    }

    @Override
    public Optional<List<CatalogPartitionSpec>> partitions(TableRequest table) {
        return new PostgresBrowser(table).partitions();
    }

    @Override
    public void createDatabase(TableRequest server, String database, CatalogDatabase definition) {
        definitions(server).createSchema(Identifier.of(database), definition);
    }

    @Override
    public void dropDatabase(TableRequest server, String database, DropBehavior behavior) {
        definitions(server).dropSchema(Identifier.of(database), behavior);
    }

    @Override
    public void createTable(TableRequest table) {
        definitions(table).createTable(PostgresTable.of(table).requireTable(), table.table());
    }

    @Override
    public void alterTable(TableRequest table, List<TableChange> changes) {
        definitions(table)
                .alterTable(PostgresTable.of(table).requireTable(), table.table(), changes);
    }

    @Override
    public void renameTable(TableRequest table, String newName) {
        definitions(table)
                .renameTable(PostgresTable.of(table).requireTable(), Identifier.of(newName));
    }

    @Override
    public void dropTable(TableRequest table) {
        definitions(table).dropTable(PostgresTable.of(table).requireTable());
    }

    private static Definitions definitions(TableRequest request) {
        return new Definitions(PostgresTable.of(request).settings());
    }

    @Override
    public VeloUri tableUri(VeloUri server, String database, String table) {
        return server.withoutParameter(PostgresOptions.SCHEMA.key())
                .withParameter(
                        PostgresOptions.TABLE.key(),
                        ObjectPath.parameter(TableName.of(database, table)));
    }
}
