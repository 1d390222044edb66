// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import io.velo.flink.uri.table.VeloTableFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.FactoryUtil;

/** Plans one table through the velo table factory, as Flink's planner does. */
public final class Planning {

    /** The name that planned tables have. */
    public static final ObjectIdentifier NAME = ObjectIdentifier.of("c", "d", "t");

    private final ResolvedSchema schema;
    private final Map<String, String> with = new HashMap<>();
    private final Configuration configuration = new Configuration();

    private Planning(ResolvedSchema schema, String uri) {
        this.schema = schema;
        with.put("connector", VeloTableFactory.IDENTIFIER);
        with.put("uri", uri);
    }

    /** Plans a table of these columns at this URI. */
    public static Planning of(ResolvedSchema schema, String uri) {
        return new Planning(schema, uri);
    }

    /** The same with one more option of the WITH clause. */
    public Planning with(String key, String value) {
        with.put(key, value);
        return this;
    }

    /** The table source. */
    public DynamicTableSource source() {
        return new VeloTableFactory().createDynamicTableSource(context());
    }

    /** The table sink. */
    public DynamicTableSink sink() {
        return new VeloTableFactory().createDynamicTableSink(context());
    }

    private FactoryUtil.DefaultDynamicTableContext context() {
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                        .options(with)
                        .build();
        return new FactoryUtil.DefaultDynamicTableContext(
                NAME,
                new ResolvedCatalogTable(table, schema),
                Map.of(),
                configuration,
                Planning.class.getClassLoader(),
                false);
    }
}
