// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.OptionResolver;
import io.velo.flink.common.scheme.OptionSources;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.types.DataType;

/** Builds requests for tests. Not thread-safe. */
final class Requests {

    private final VeloUri uri;
    private final Map<String, String> with = new LinkedHashMap<>();
    private final Map<String, String> entry = new LinkedHashMap<>();
    private final Configuration configuration = new Configuration();
    private final List<Column> columns = new ArrayList<>();
    private List<String> primaryKey = List.of();
    private String objectName = "orders";
    private OptionRole role = OptionRole.SOURCE;

    private Requests(String uri) {
        this.uri = VeloUri.parse(uri);
    }

    static Requests of(String uri) {
        return new Requests(uri);
    }

    Requests with(String key, String value) {
        with.put(key, value);
        return this;
    }

    Requests entry(String key, String value) {
        entry.put(key, value);
        return this;
    }

    Requests set(String key, String value) {
        configuration.setString(key, value);
        return this;
    }

    Requests batch() {
        return set("execution.runtime-mode", "BATCH");
    }

    Requests column(String name, DataType type) {
        return column(Column.physical(name, type));
    }

    Requests column(Column column) {
        columns.add(column);
        return this;
    }

    Requests primaryKey(String... names) {
        primaryKey = List.of(names);
        return this;
    }

    Requests named(String name) {
        objectName = name;
        return this;
    }

    /** The request of a reading table. */
    TableRequest source() {
        return build();
    }

    /** The request of a written table. */
    TableRequest sink() {
        role = OptionRole.SINK;
        return build();
    }

    /** The request before any column is known. */
    TableRequest withoutColumns() {
        return request(new ResolvedSchema(List.of(), List.of(), null));
    }

    private TableRequest build() {
        if (columns.isEmpty()) {
            column("id", DataTypes.BIGINT().notNull());
            column("name", DataTypes.STRING());
        }
        UniqueConstraint key =
                primaryKey.isEmpty() ? null : UniqueConstraint.primaryKey("key", primaryKey);
        return request(new ResolvedSchema(columns, List.of(), key));
    }

    private TableRequest request(ResolvedSchema schema) {
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                        .options(Map.of("connector", "velo", "uri", uri.print()))
                        .build();
        return new TableRequest(
                uri.withoutCredentials(),
                OptionResolver.resolve(KafkaSpec.SPEC, new OptionSources(with, uri, entry), role),
                role,
                ObjectIdentifier.of("cat", "db", objectName),
                new ResolvedCatalogTable(table, schema),
                configuration,
                Requests.class.getClassLoader());
    }
}
