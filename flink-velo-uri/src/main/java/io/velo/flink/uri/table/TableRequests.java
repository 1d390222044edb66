// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.table;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.scheme.OptionResolver;
import io.velo.flink.common.scheme.OptionSources;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.SecurityPolicy;
import io.velo.flink.common.uri.VeloUri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what Flink knows of a table into the request that a scheme understands. */
public final class TableRequests {

    private static final Logger LOG = LoggerFactory.getLogger(TableRequests.class);

    /** Tables that were warned about, so that planning the same query again stays silent. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private TableRequests() {}

    /**
     * The request of a table and its address.
     *
     * @param address the address, for the same role
     * @param table the table with its schema
     * @throws io.velo.flink.common.error.VeloException with every problem of the options
     */
    public static TableRequest of(
            TableAddress address,
            OptionRole role,
            ObjectIdentifier identifier,
            ResolvedCatalogTable table,
            ReadableConfig configuration,
            ClassLoader classLoader) {
        OptionSources sources = address.optionSources();
        ResolvedOptions options = OptionResolver.resolve(address.scheme().spec(), sources, role);
        checkInlineCredentials(address, identifier);
        VeloUri uri = sources.uri().withoutCredentials();
        return new TableRequest(
                uri,
                options,
                role,
                identifier,
                table,
                configuration,
                classLoader,
                new TablesByUri(identifier, configuration, classLoader));
    }

    /** A request about what a URI names, without any columns yet. */
    public static TableRequest withoutColumns(
            Map<String, String> options,
            ObjectIdentifier identifier,
            ReadableConfig configuration,
            ClassLoader classLoader) {
        TableAddress address =
                TableAddress.of(options, OptionRole.SOURCE, SchemeRegistry.load(classLoader));
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().build())
                        .options(options)
                        .build();
        return of(
                address,
                OptionRole.SOURCE,
                identifier,
                new ResolvedCatalogTable(table, new ResolvedSchema(List.of(), List.of(), null)),
                configuration,
                classLoader);
    }

    private static void checkInlineCredentials(TableAddress address, ObjectIdentifier identifier) {
        boolean inline =
                address.uri().password().filter(p -> !p.isReference()).isPresent()
                        && !address.uri().password().get().written().isEmpty();
        if (!inline) {
            return;
        }
        switch (SecurityPolicy.current().inlineCredentials()) {
            case ALLOW -> {}
            case REFUSE ->
                    throw Problem.of(
                                    ErrorCode.SECURITY_INLINE_CREDENTIALS,
                                    "Credentials in clear are refused on this cluster.")
                            .at(address.printed())
                            .remedy(
                                    "Use 'username'='…', 'password'='${env:VELO_PASSWORD}' instead"
                                            + " of user:password@ in the URI.")
                            .toException();
            case WARN -> {
                if (WARNED.add(identifier.asSummaryString() + address.printed())) {
                    LOG.warn(
                            "The URI {} holds credentials in clear, and Flink prints them in plans"
                                    + " and in SHOW CREATE TABLE outside of a velo catalog. Use"
                                    + " 'username' and 'password'='${{env:VELO_PASSWORD}}' instead.",
                            address.printed());
                }
            }
        }
    }
}
