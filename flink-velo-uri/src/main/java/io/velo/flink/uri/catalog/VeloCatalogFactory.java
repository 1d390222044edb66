// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.uri.config.ConfigFile;
import io.velo.flink.uri.discovery.TableDiscovery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.factories.CatalogFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The catalog type {@code velo}: {@code CREATE CATALOG c WITH ('type'='velo')}. Stateless,
 * therefore thread-safe.
 */
public final class VeloCatalogFactory implements CatalogFactory {

    /** The database that exists from the start. */
    public static final ConfigOption<String> DEFAULT_DATABASE =
            ConfigOptions.key("default-database")
                    .stringType()
                    .defaultValue("default")
                    .withDescription("The database that exists from the start.");

    /** Named sources that are tables of the catalog. */
    public static final ConfigOption<String> CONFIG_FILE =
            ConfigOptions.key("config-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("YAML or JSON file whose named sources are tables.");

    /** The server whose tables are tables of the catalog. */
    public static final ConfigOption<String> URI =
            ConfigOptions.key("uri")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("URI of a server; what it holds are tables of the catalog.");

    /** The login for that server. */
    public static final ConfigOption<String> USERNAME =
            ConfigOptions.key("username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("User name for the server of uri.");

    /** The password for that server. */
    public static final ConfigOption<String> PASSWORD =
            ConfigOptions.key("password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Password for the server of uri, best as a reference such as"
                                    + " ${env:VELO_PASSWORD}.");

    /** Where declared tables are kept. */
    public static final ConfigOption<String> STORE =
            ConfigOptions.key("store")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Folder such as file:///var/velo/catalog that keeps declared tables;"
                                    + " without it they live as long as the session.");

    /** How long discovered columns are kept. */
    public static final ConfigOption<Duration> CACHE_TTL =
            ConfigOptions.key("schema.cache.ttl")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription("How long discovered columns are kept.");

    /** How many discovered tables are kept. */
    public static final ConfigOption<Integer> CACHE_MAX_ENTRIES =
            ConfigOptions.key("schema.cache.max-entries")
                    .intType()
                    .defaultValue(1000)
                    .withDescription("How many tables' discovered columns are kept.");

    @Override
    public String factoryIdentifier() {
        return "velo";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                DEFAULT_DATABASE,
                CONFIG_FILE,
                URI,
                USERNAME,
                PASSWORD,
                STORE,
                CACHE_TTL,
                CACHE_MAX_ENTRIES);
    }

    @Override
    public Catalog createCatalog(Context context) {
        FactoryUtil.CatalogFactoryHelper helper =
                FactoryUtil.createCatalogFactoryHelper(this, context);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        UriTables tables =
                new UriTables(
                        context.getName(),
                        new TableDiscovery(options.get(CACHE_TTL), options.get(CACHE_MAX_ENTRIES)),
                        context.getConfiguration(),
                        context.getClassLoader());
        Optional<FileTableStore> store = options.getOptional(STORE).map(FileTableStore::at);
        return new VeloCatalog(
                context.getName(),
                options.get(DEFAULT_DATABASE),
                tables,
                options.getOptional(CONFIG_FILE).map(ConfigFile::read),
                server(options).map(server -> new ServerTables(server, tables)),
                store);
    }

    private static Optional<Map<String, String>> server(ReadableConfig options) {
        return options.getOptional(URI)
                .map(
                        uri -> {
                            Map<String, String> server = new LinkedHashMap<>();
                            server.put("connector", "velo");
                            server.put("uri", uri);
                            options.getOptional(USERNAME)
                                    .ifPresent(user -> server.put("username", user));
                            options.getOptional(PASSWORD)
                                    .ifPresent(password -> server.put("password", password));
                            return server;
                        });
    }
}
