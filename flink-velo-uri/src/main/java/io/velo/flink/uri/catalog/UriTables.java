// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SourceScheme;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.uri.discovery.TableDiscovery;
import io.velo.flink.uri.table.TableAddress;
import io.velo.flink.uri.table.TableRequests;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;

/** Makes catalog tables out of velo options, columns discovered. Thread-safe. */
final class UriTables {

    private final String catalog;
    private final TableDiscovery discovery;
    private final ReadableConfig configuration;
    private final ClassLoader classLoader;

    UriTables(
            String catalog,
            TableDiscovery discovery,
            ReadableConfig configuration,
            ClassLoader classLoader) {
        this.catalog = catalog;
        this.discovery = discovery;
        this.configuration = configuration;
        this.classLoader = classLoader;
    }

    /** The class loader that sees the schemes. */
    ClassLoader classLoader() {
        return classLoader;
    }

    /** A request about the options, no columns known. */
    TableRequest request(ObjectPath path, Map<String, String> options) {
        return TableRequests.withoutColumns(options, identifier(path), configuration, classLoader);
    }

    /** A request about a table whose definition is known. */
    TableRequest request(
            ObjectPath path, Map<String, String> options, ResolvedCatalogTable definition) {
        TableAddress address =
                TableAddress.of(options, OptionRole.SINK, SchemeRegistry.load(classLoader));
        return TableRequests.of(
                address,
                OptionRole.SINK,
                identifier(path),
                definition.copy(options),
                configuration,
                classLoader);
    }

    /**
     * The table of these options, its columns discovered.
     *
     * @throws io.velo.flink.common.error.VeloException if the options are wrong or the columns
     *     cannot be found out
     */
    CatalogTable discover(ObjectPath path, Map<String, String> options) {
        TableRequest request = request(path, options);
        Schema schema = discovery.schemaOf(request);
        return table(schema, options, discovery.commentOf(request), List.of());
    }

    /** The columns that a table without declared ones has. */
    Schema schemaOf(ObjectPath path, Map<String, String> options) {
        return discovery.schemaOf(request(path, options));
    }

    /** Forgets what was discovered. */
    void forgetAll() {
        discovery.forgetAll();
    }

    /**
     * Checks the options of a table whose columns are declared, so that a mistake shows at CREATE
     * TABLE and not at the first query.
     */
    void check(ObjectPath path, Map<String, String> options) {
        SchemeRegistry registry = SchemeRegistry.load(classLoader);
        TableAddress address = TableAddress.of(options, OptionRole.SOURCE, registry);
        OptionRole role =
                address.scheme() instanceof SourceScheme ? OptionRole.SOURCE : OptionRole.SINK;
        ResolvedSchema none = new ResolvedSchema(List.of(), List.of(), null);
        CatalogTable empty = table(Schema.newBuilder().build(), options, "", List.of());
        TableRequests.of(
                address,
                role,
                identifier(path),
                new ResolvedCatalogTable(empty, none),
                configuration,
                classLoader);
    }

    /** A catalog table of these parts. */
    static CatalogTable table(
            Schema schema, Map<String, String> options, String comment, List<String> partitions) {
        return CatalogTable.newBuilder()
                .schema(schema)
                .options(options)
                .comment(comment)
                .partitionKeys(partitions)
                .build();
    }

    private ObjectIdentifier identifier(ObjectPath path) {
        return ObjectIdentifier.of(catalog, path.getDatabaseName(), path.getObjectName());
    }
}
