// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogPropertiesUtil;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.expressions.DefaultSqlFactory;
import org.apache.flink.table.types.DataType;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The YAML document that a table or view is kept as: the properties by which Flink itself describes
 * a table to catalogs, under {@code table}, or the two queries of a view with the same properties.
 */
final class TableDocument {

    private static final String QUERY = "original-query";
    private static final String EXPANDED = "expanded-query";

    private TableDocument() {}

    static String write(CatalogBaseTable table) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", 1);
        if (table instanceof ResolvedCatalogView view) {
            document.put(QUERY, view.getOriginalQuery());
            document.put(EXPANDED, view.getExpandedQuery());
            document.put(
                    "table",
                    new TreeMap<>(
                            CatalogPropertiesUtil.serializeCatalogView(
                                    view, DefaultSqlFactory.INSTANCE)));
        } else if (table instanceof ResolvedCatalogTable resolved) {
            document.put(
                    "table",
                    new TreeMap<>(
                            CatalogPropertiesUtil.serializeCatalogTable(
                                    resolved, DefaultSqlFactory.INSTANCE)));
        } else {
            document.put("table", new TreeMap<>(discovered((CatalogTable) table)));
        }
        DumperOptions layout = new DumperOptions();
        layout.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(layout).dump(document);
    }

    static CatalogBaseTable read(String text) {
        Map<String, Object> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        Map<String, String> properties = new LinkedHashMap<>();
        ((Map<?, ?>) document.get("table"))
                .forEach(
                        (key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        CatalogTable table = CatalogPropertiesUtil.deserializeCatalogTable(properties);
        if (document.get(QUERY) == null) {
            return table;
        }
        return CatalogView.of(
                table.getUnresolvedSchema(),
                table.getComment(),
                String.valueOf(document.get(QUERY)),
                String.valueOf(document.get(EXPANDED)),
                Map.of());
    }

    /** Discovered columns are plain, so their properties can be written without resolving them. */
    private static Map<String, String> discovered(CatalogTable table) {
        Map<String, String> properties = new LinkedHashMap<>(table.getOptions());
        Schema schema = table.getUnresolvedSchema();
        List<Schema.UnresolvedColumn> columns = schema.getColumns();
        for (int i = 0; i < columns.size(); i++) {
            Schema.UnresolvedPhysicalColumn column =
                    (Schema.UnresolvedPhysicalColumn) columns.get(i);
            DataType type = (DataType) column.getDataType();
            properties.put("schema." + i + ".name", column.getName());
            properties.put(
                    "schema." + i + ".data-type", type.getLogicalType().asSerializableString());
            int index = i;
            column.getComment()
                    .ifPresent(comment -> properties.put("schema." + index + ".comment", comment));
        }
        schema.getWatermarkSpecs()
                .forEach(
                        watermark -> {
                            String prefix = "schema.watermark.0.";
                            properties.put(prefix + "rowtime", watermark.getColumnName());
                            properties.put(
                                    prefix + "strategy.expr",
                                    watermark.getWatermarkExpression().asSummaryString());
                            properties.put(prefix + "strategy.data-type", "TIMESTAMP(3)");
                        });
        schema.getPrimaryKey()
                .ifPresent(
                        key -> {
                            properties.put("schema.primary-key.name", key.getConstraintName());
                            properties.put(
                                    "schema.primary-key.columns",
                                    String.join(";", key.getColumnNames()));
                        });
        properties.put("comment", table.getComment());
        List<String> partitions = table.getPartitionKeys();
        for (int i = 0; i < partitions.size(); i++) {
            properties.put("partition.keys." + i + ".name", partitions.get(i));
        }
        return properties;
    }
}
