// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.table;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.OtherTables;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.UniqueConstraint;

/**
 * Finds the tables that options of a table name by their URI. Immutable, therefore thread-safe.
 *
 * @param owner the table whose option it is
 */
record TablesByUri(ObjectIdentifier owner, ReadableConfig configuration, ClassLoader classLoader)
        implements OtherTables {

    @Override
    public Found toWrite(String option, Secret uri, ResolvedSchema schema) {
        // A velo catalog keeps the whole URI apart and leaves a reference; logins stay unread.
        String text = VeloUri.looksLikeUri(uri.written()) ? uri.written() : uri.reveal();
        Map<String, String> options = Map.of("uri", text);
        TableAddress address =
                TableAddress.of(options, OptionRole.SINK, SchemeRegistry.load(classLoader));
        TableRequest request = request(address, option, options, schema);
        refuseColumns(request, option);
        List<String> key = request.options().find(CommonOptions.PRIMARY_KEY).orElse(List.of());
        return new Found(
                address.scheme(),
                key.isEmpty() ? request : request(address, option, options, keyed(schema, key)));
    }

    private TableRequest request(
            TableAddress address,
            String option,
            Map<String, String> options,
            ResolvedSchema schema) {
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                        .options(options)
                        .build();
        ObjectIdentifier identifier =
                ObjectIdentifier.of(
                        owner.getCatalogName(),
                        owner.getDatabaseName(),
                        owner.getObjectName() + " (" + option + ")");
        return TableRequests.of(
                address,
                OptionRole.SINK,
                identifier,
                new ResolvedCatalogTable(table, schema),
                configuration,
                classLoader);
    }

    /** Another key than NOT NULL columns is an error of Flink's, which says so. */
    private static ResolvedSchema keyed(ResolvedSchema schema, List<String> key) {
        return new ResolvedSchema(
                schema.getColumns(),
                schema.getWatermarkSpecs(),
                UniqueConstraint.primaryKey("key", key));
    }

    private static void refuseColumns(TableRequest request, String option) {
        ResolvedOptions given = request.options();
        if (given.isSet(CommonOptions.COLUMNS)) {
            throw Problem.of(
                            ErrorCode.OPTION_CONFLICT,
                            "The URI of '" + option + "' names columns, but these are fixed.")
                    .at(request.uri().toString())
                    .remedy("Remove 'columns' from it.")
                    .toException();
        }
    }
}
