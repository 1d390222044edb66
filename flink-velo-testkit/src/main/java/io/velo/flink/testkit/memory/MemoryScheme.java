// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.memory;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.scheme.BrowsableScheme;
import io.velo.flink.common.scheme.DeadLetterScheme;
import io.velo.flink.common.scheme.DiscoverableScheme;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.LookupScheme;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.ProbeScheme;
import io.velo.flink.common.scheme.ScanScheme;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.text.NearestMatch;
import io.velo.flink.common.uri.UriForm;
import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;

/**
 * {@code memory://name}: a table inside one JVM, for tests. Reader and writer must run in the same
 * JVM: a MiniCluster, or a cluster with one TaskManager.
 */
public final class MemoryScheme
        implements ScanScheme,
                LookupScheme,
                DeadLetterScheme,
                DiscoverableScheme,
                BrowsableScheme,
                ProbeScheme {

    private static final SchemeSpec SPEC =
            SchemeSpec.of("memory")
                    .summary("Tables inside one JVM, for tests.")
                    .form(UriForm.LOCATION)
                    .entry("name", "path")
                    .options(CommonOptions.PARALLELISM.forSink())
                    .example("memory://orders", "Rows kept in this JVM under the name orders.")
                    .example(
                            "memory://orders?columns=id BIGINT, total DOUBLE&primary_key=id",
                            "The same with its columns and key.")
                    .delivers("At least once; with a primary key a row written twice stands once.")
                    .build();

    @Override
    public SchemeSpec spec() {
        return SPEC;
    }

    @Override
    public DynamicTableSource source(TableRequest request) {
        return new MemoryTableSource(name(request.uri()), request.physicalType());
    }

    @Override
    public DynamicTableSink sink(TableRequest request) {
        MemoryTables.get(name(request.uri())).declare(declared(request));
        return new MemoryTableSink(
                name(request.uri()),
                request.physicalType(),
                request.primaryKeyIndexes(),
                request.options().find(CommonOptions.PARALLELISM).orElse(null));
    }

    @Override
    public DiscoveredTable discover(TableRequest request) {
        String name = name(request.uri());
        return MemoryTables.get(name)
                .schema()
                .orElseThrow(
                        () ->
                                Problem.of(
                                                ErrorCode.SCHEMA_NO_TABLE,
                                                "Nobody has declared the memory table '"
                                                        + name
                                                        + "' in this JVM.")
                                        .at(request.uri().toString())
                                        .remedy(candidates(name))
                                        .toException());
    }

    @Override
    public boolean namesServer(VeloUri uri) {
        return uri.authority().isEmpty();
    }

    @Override
    public List<String> databases(TableRequest server) {
        return List.of("default");
    }

    @Override
    public List<String> tables(TableRequest server, String database) {
        return MemoryTables.names();
    }

    @Override
    public VeloUri tableUri(VeloUri server, String database, String table) {
        return VeloUri.parse("memory://" + table);
    }

    @Override
    public ProbeReport probe(TableRequest request) {
        return ProbeReport.record()
                .check("table", () -> MemoryTables.get(name(request.uri())).rows().size() + " rows")
                .report();
    }

    private static String candidates(String name) {
        List<String> near = NearestMatch.of(name, MemoryTables.names());
        String question =
                near.isEmpty() ? "" : "Did you mean '" + String.join("' or '", near) + "'? ";
        return question + "Give the columns: memory://" + name + "?columns=id BIGINT, name STRING.";
    }

    private static DiscoveredTable declared(TableRequest request) {
        return new DiscoveredTable(
                request.schema().getColumns().stream()
                        .filter(Column::isPhysical)
                        .map(c -> new DiscoveredTable.Column(c.getName(), c.getDataType(), ""))
                        .toList(),
                request.primaryKey(),
                "");
    }

    private static String name(VeloUri uri) {
        String path = String.join("/", uri.pathSegments());
        String name = path.isEmpty() ? uri.authority() : uri.authority() + "/" + path;
        if (name.isEmpty()) {
            throw Problem.of(ErrorCode.URI_NO_OBJECT, "The URI does not name a memory table.")
                    .at(uri.toString())
                    .remedy("Write memory://name.")
                    .toException();
        }
        return name;
    }
}
