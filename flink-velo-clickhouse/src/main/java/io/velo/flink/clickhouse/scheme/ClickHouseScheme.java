// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.meta.TableMetaReader;
import io.velo.flink.clickhouse.option.ClickHouseOptions;
import io.velo.flink.clickhouse.option.DefinitionOptions;
import io.velo.flink.clickhouse.option.ExactlyOnceOptions;
import io.velo.flink.clickhouse.option.FollowOptions;
import io.velo.flink.clickhouse.option.LayoutOptions;
import io.velo.flink.clickhouse.option.ScanOptions;
import io.velo.flink.clickhouse.option.TypeOptions;
import io.velo.flink.clickhouse.sink.ClickHouseTableSink;
import io.velo.flink.clickhouse.sink.StagedTableSink;
import io.velo.flink.clickhouse.source.ClickHouseTableSource;
import io.velo.flink.clickhouse.type.ScalarTypes;
import io.velo.flink.common.batch.BatchOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.failure.FailureOptions;
import io.velo.flink.common.lookup.Fallbacks;
import io.velo.flink.common.lookup.LookupOptions;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.CommonOptions.DeliveryGuarantee;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.retry.BreakerOptions;
import io.velo.flink.common.retry.RetryOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.types.logical.RowType;

/** {@code clickhouse://host:8123/database?table=name}: ClickHouse over its HTTP interface. */
public final class ClickHouseScheme
        implements ScanScheme,
                LookupScheme,
                DeadLetterScheme,
                DiscoverableScheme,
                DdlScheme,
                ProbeScheme {

    /** The name of the scheme that means TLS. */
    static final String TLS_NAME = "clickhouses";

    private static final int HTTP_PORT = 8123;
    private static final int LISTED = 10;

    private static final SchemeSpec SPEC =
            SchemeSpec.of("clickhouse", TLS_NAME)
                    .summary("Tables of ClickHouse, over HTTP in ClickHouse's own column format.")
                    .defaultPort(HTTP_PORT)
                    .login()
                    .options(
                            ClickHouseOptions.TABLE,
                            ClickHouseOptions.SSL,
                            ClickHouseOptions.HTTP_PORT,
                            ClickHouseOptions.FORMAT,
                            ClickHouseOptions.COMPRESSION,
                            ClickHouseOptions.TIMEZONE,
                            TypeOptions.BIGINT_MODE,
                            TypeOptions.FIXED_STRING,
                            ClickHouseOptions.SOCKET_TIMEOUT,
                            ScanOptions.QUERY,
                            ScanOptions.SPLIT_ROWS,
                            ScanOptions.SPLIT_BYTES,
                            ScanOptions.SCAN_RESUME,
                            ScanOptions.SCAN_CONSISTENCY,
                            ScanOptions.USE_LOCAL,
                            ScanOptions.LOOKUP_DICTIONARY,
                            FollowOptions.SCAN_MODE,
                            FollowOptions.SCAN_CURSOR_COLUMN,
                            FollowOptions.LAG,
                            FollowOptions.POLL_INTERVAL,
                            CommonOptions.PARALLELISM,
                            CommonOptions.DELIVERY_GUARANTEE,
                            ClickHouseOptions.BATCH_SIZE,
                            ClickHouseOptions.BATCH_BYTES,
                            ClickHouseOptions.BATCH_TIMEOUT,
                            ClickHouseOptions.MAX_IN_FLIGHT,
                            ClickHouseOptions.INSERT_TIMEOUT,
                            ClickHouseOptions.ENGINE,
                            ClickHouseOptions.AUTO_CREATE,
                            ClickHouseOptions.DELETE_MODE,
                            ClickHouseOptions.NULL_MODE,
                            ClickHouseOptions.VERSION_COLUMN,
                            ExactlyOnceOptions.COMMIT_MARKER,
                            ExactlyOnceOptions.STAGING,
                            ExactlyOnceOptions.STAGING_PATH,
                            ExactlyOnceOptions.EXPIRED_WINDOW,
                            ExactlyOnceOptions.AUTO_TUNE)
                    .options(LayoutOptions.ALL.toArray(SchemeOption<?>[]::new))
                    .options(DefinitionOptions.ALL.toArray(SchemeOption<?>[]::new))
                    .options(DefinitionOptions.ON_CLUSTER)
                    .options(BatchOptions.ALL)
                    .options(LookupOptions.ALL)
                    .options(LookupOptions.FULL_CACHE)
                    .options(
                            BreakerOptions.ALL.stream()
                                    .map(SchemeOption::forSource)
                                    .toArray(SchemeOption<?>[]::new))
                    .options(RetryOptions.ALL)
                    .options(FailureOptions.FOR_SINK)
                    .passThrough(
                            "setting.<name>: any setting of the server, spelled as the server"
                                    + " does, except those that Velo sets itself",
                            ClickHouseScheme::setting)
                    .example(
                            "clickhouse://ch1:8123,ch2:8123/shop?table=events",
                            "The table events of the database shop, on either of two hosts.")
                    .example(
                            "clickhouse://ch/shop.totals?compression=none&batch_size=50000"
                                    + "&setting.insert_quorum=2",
                            "The same with options for writing and a setting of the server.")
                    .example(
                            "clickhouses://ch.example.com/shop?table=totals"
                                    + "&engine=ReplacingMergeTree&auto_create=true",
                            "Over TLS; the table is made if it is missing.")
                    .delivers(
                            "At least once; a ReplacingMergeTree with a primary key ends up with"
                                    + " each row once. Exactly once on request.")
                    .build();

    @Override
    public SchemeSpec spec() {
        return SPEC;
    }

    @Override
    public DynamicTableSource source(TableRequest request) {
        RequestedTable requested = RequestedTable.of(request).withTable("");
        List<ClickHouseTarget> targets = new ArrayList<>(List.of(requested.target()));
        for (TableRequest fallback : Fallbacks.of(request)) {
            targets.add(RequestedTable.of(fallback).target());
        }
        return ClickHouseTableSource.of(request, targets, requested.table());
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        RequestedTable requested = RequestedTable.of(request).withTable("");
        return ClickHouseTableSink.of(request, requested.target(), requested.table());
    }

    /** Dead letters must be in the table when the sink is flushed, and not after a commit. */
    @Override
    public DynamicTableSink deadLetters(TableRequest request) {
        if (request.options().get(CommonOptions.DELIVERY_GUARANTEE)
                == DeliveryGuarantee.EXACTLY_ONCE) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "A table of dead letters cannot be written exactly-once.")
                    .at(request.uri().toString())
                    .remedy("Remove sink_delivery_guarantee from 'dlq.uri'.")
                    .toException();
        }
        for (SchemeOption<?> layout : LayoutOptions.ALL) {
            if (layout != LayoutOptions.SORT_ROWS && request.options().isSet(layout)) {
                throw Problem.of(
                                ErrorCode.OPTION_CONFLICT,
                                "Option '"
                                        + layout.key()
                                        + "' has no meaning for a table of dead letters.")
                        .at(request.uri().toString())
                        .remedy("Remove it from 'dlq.uri'.")
                        .toException();
            }
        }
        return sink(request);
    }

    @Override
    public DiscoveredTable discover(TableRequest request) {
        RequestedTable requested = RequestedTable.of(request);
        TableMetaReader reader = reader(requested);
        if (!requested.query().isEmpty()) {
            String database = requested.target().database();
            return Discovery.of(request, reader.describe(database, requested.query()));
        }
        if (requested.table().isEmpty()) {
            List<String> tables = reader.tables(requested.target().database());
            String some = String.join(", ", tables.subList(0, Math.min(LISTED, tables.size())));
            requested.withTable(tables.isEmpty() ? "" : " Tables there: " + some + ".");
        }
        return Discovery.of(request, reader.read(requested.target().database(), requested.table()));
    }

    @Override
    public boolean namesServer(VeloUri uri) {
        return RequestedTable.namesNoTable(uri);
    }

    @Override
    public List<String> databases(TableRequest server) {
        return reader(RequestedTable.of(server)).databases().stream()
                .filter(name -> !name.equalsIgnoreCase("information_schema"))
                .toList();
    }

    @Override
    public List<String> tables(TableRequest server, String database) {
        return reader(RequestedTable.of(server)).tables(database);
    }

    @Override
    public VeloUri tableUri(VeloUri server, String database, String table) {
        return RequestedTable.uriOf(server, database, table);
    }

    /** Each partition is the value of PARTITION BY, under the text of that expression. */
    @Override
    public Optional<List<CatalogPartitionSpec>> partitions(TableRequest table) {
        RequestedTable requested = RequestedTable.of(table).withTable("");
        TableMetaReader reader = reader(requested);
        String database = requested.target().database();
        TableMeta meta = reader.read(database, requested.table());
        return meta.partitionKey().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        reader.partitions(database, requested.table()).stream()
                                .map(value -> Map.of(meta.partitionKey(), value))
                                .map(CatalogPartitionSpec::new)
                                .toList());
    }

    @Override
    public String databaseComment(TableRequest server, String database) {
        return new Ddl(server).comment(database);
    }

    @Override
    public List<SchemeOption<?>> definitionOptions() {
        List<SchemeOption<?>> options = new ArrayList<>(List.of(ClickHouseOptions.ENGINE));
        options.addAll(DefinitionOptions.ALL);
        return options;
    }

    @Override
    public void createDatabase(TableRequest server, String database, CatalogDatabase definition) {
        new Ddl(server).createDatabase(database, definition);
    }

    @Override
    public void dropDatabase(TableRequest server, String database, DropBehavior behavior) {
        new Ddl(server).dropDatabase(database, behavior);
    }

    @Override
    public void createTable(TableRequest table) {
        new Ddl(table).createTable();
    }

    @Override
    public Optional<DynamicTableSink> stagedSink(TableRequest table) {
        RequestedTable requested = RequestedTable.of(table).withTable("");
        ScalarTypes.check((RowType) table.physicalType().getLogicalType(), "written");
        return Optional.of(StagedTableSink.of(table, requested.target(), requested.table()));
    }

    @Override
    public void alterTable(TableRequest table, List<TableChange> changes) {
        new Ddl(table).alterTable(changes);
    }

    @Override
    public void renameTable(TableRequest table, String newName) {
        new Ddl(table).renameTable(newName);
    }

    @Override
    public void dropTable(TableRequest table) {
        new Ddl(table).dropTable();
    }

    @Override
    public ProbeReport probe(TableRequest request) {
        return new Probe(RequestedTable.of(request)).report();
    }

    private static TableMetaReader reader(RequestedTable requested) {
        return new TableMetaReader(new HttpTransport(requested.forPlanning()));
    }

    private static Optional<String> setting(String name) {
        boolean prefixed = name.length() > 8 && name.regionMatches(true, 0, "setting", 0, 7);
        return prefixed && ".-_".indexOf(name.charAt(7)) >= 0
                ? Optional.of(name.substring(8))
                : Optional.empty();
    }
}
