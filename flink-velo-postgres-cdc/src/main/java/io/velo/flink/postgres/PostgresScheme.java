// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.scheme.BrowsableScheme;
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
import io.velo.flink.postgres.sql.ObjectPath;
import io.velo.flink.postgres.sql.TableName;
import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;

/** PostgreSQL tables: bounded scans by binary COPY, and asynchronous lookups by key. */
public final class PostgresScheme
        implements ScanScheme, LookupScheme, DiscoverableScheme, BrowsableScheme, ProbeScheme {

    private static final SchemeSpec SPEC =
            SchemeSpec.of("postgresql", "postgres", "postgres-cdc")
                    .summary("PostgreSQL tables: bounded scans and lookups by key.")
                    .defaultPort(ConnectSettings.DEFAULT_PORT)
                    .entry("host", "database")
                    .login()
                    .options(PostgresOptions.ALL)
                    .notBuilt(PostgresOptions.NOT_BUILT)
                    .example(
                            "postgresql://db.example.com:5432/shop?table=public.orders"
                                    + "&sslmode=verify-full",
                            "Reads a table once, or looks up its rows by key.")
                    .example(
                            "postgresql://db1,db2:5433/shop.sales.orders",
                            "Names the table in the path; tries the servers in order.")
                    .build();

    @Override
    public SchemeSpec spec() {
        return SPEC;
    }

    @Override
    public DynamicTableSource source(TableRequest request) {
        return new PostgresTableSource(request);
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
        return !tableInPath && uri.parameter(PostgresOptions.TABLE.key()).isEmpty();
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
    public VeloUri tableUri(VeloUri server, String database, String table) {
        return server.withoutParameter(PostgresOptions.SCHEMA.key())
                .withParameter(
                        PostgresOptions.TABLE.key(),
                        ObjectPath.parameter(TableName.of(database, table)));
    }
}
