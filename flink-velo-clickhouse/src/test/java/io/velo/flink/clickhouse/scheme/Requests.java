// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.scheme;

import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.OptionResolver;
import io.velo.flink.common.scheme.OptionSources;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;

/** Requests for tables without declared columns, as discovery and probes get them. */
final class Requests {

    private Requests() {}

    static TableRequest of(String uri, Map<String, String> with) {
        return of(uri, with, OptionRole.SOURCE);
    }

    /** A table that is written. */
    static TableRequest sink(String uri, Map<String, String> with) {
        return of(uri, with, OptionRole.SINK);
    }

    private static TableRequest of(String uri, Map<String, String> with, OptionRole role) {
        VeloUri parsed = VeloUri.parse(uri);
        ResolvedOptions options =
                OptionResolver.resolve(
                        new ClickHouseScheme().spec(),
                        new OptionSources(with, parsed, Map.of()),
                        role);
        ResolvedSchema schema = new ResolvedSchema(List.of(), List.of(), null);
        CatalogTable table =
                CatalogTable.newBuilder().schema(Schema.newBuilder().build()).options(with).build();
        return new TableRequest(
                parsed.withoutCredentials(),
                options,
                role,
                ObjectIdentifier.of("c", "d", "t"),
                new ResolvedCatalogTable(table, schema),
                new Configuration(),
                Requests.class.getClassLoader());
    }
}
