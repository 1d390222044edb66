// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.uri.table.VeloTableFactory;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The sinks of a catalog whose server takes CREATE TABLE. Flink asks for the sink of a table that
 * the server does not have yet, under {@code table.rtas-ctas.atomicity-enabled}, to learn whether
 * it can be created as a whole. All other tables are those of their connector. Immutable, therefore
 * thread-safe as far as the catalog is.
 */
final class NewTableFactory implements DynamicTableSinkFactory {

    private final ServerDdl ddl;
    private final BiPredicate<ObjectPath, CatalogBaseTable> isForServer;

    NewTableFactory(ServerDdl ddl, BiPredicate<ObjectPath, CatalogBaseTable> isForServer) {
        this.ddl = ddl;
        this.isForServer = isForServer;
    }

    @Override
    public String factoryIdentifier() {
        return VeloTableFactory.IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        ObjectPath path = context.getObjectIdentifier().toObjectPath();
        ResolvedCatalogTable table = context.getCatalogTable();
        if (isForServer.test(path, table)) {
            return ddl.stagedSink(path, table).orElseGet(NotStaged::new);
        }
        if (VeloTableFactory.IDENTIFIER.equals(
                table.getOptions().get(FactoryUtil.CONNECTOR.key()))) {
            return new VeloTableFactory().createDynamicTableSink(context);
        }
        return FactoryUtil.createDynamicTableSink(
                null,
                context.getObjectIdentifier(),
                table,
                context.getEnrichmentOptions(),
                context.getConfiguration(),
                context.getClassLoader(),
                context.isTemporary());
    }

    /** Tells Flink that the table has to be created first; never written. */
    private static final class NotStaged implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            throw new IllegalStateException(asSummaryString());
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            throw new IllegalStateException(asSummaryString());
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "A table that is created before it is written";
        }
    }
}
