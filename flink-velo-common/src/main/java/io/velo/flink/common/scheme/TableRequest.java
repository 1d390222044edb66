// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import io.velo.flink.common.error.Problem;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.secret.Credentials;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.uri.VeloUri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a scheme is asked for: everything about one use of one table, complete and checked. The URI
 * holds no credentials any more; they are in {@link #credentials()}. Immutable, therefore
 * thread-safe; not serializable, it stays on the client.
 *
 * @param uri the URI without credentials
 * @param options the options, merged and checked
 * @param role reading or writing
 * @param identifier the name of the table in Flink, for messages and derived names
 * @param table the table as Flink knows it; its schema is empty during discovery
 * @param configuration Flink's configuration of the session
 * @param classLoader the loader of the user's classes
 * @param others finds tables that options name by their URI
 */
public record TableRequest(
        VeloUri uri,
        ResolvedOptions options,
        OptionRole role,
        ObjectIdentifier identifier,
        ResolvedCatalogTable table,
        ReadableConfig configuration,
        ClassLoader classLoader,
        OtherTables others) {

    /** The longest a discovery or a probe may take. */
    public static final Duration DISCOVERY_DEADLINE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(TableRequest.class);

    public TableRequest {
        Objects.requireNonNull(uri);
        Objects.requireNonNull(options);
        Objects.requireNonNull(role);
        Objects.requireNonNull(identifier);
        Objects.requireNonNull(table);
        Objects.requireNonNull(others);
    }

    /** A request whose options name no other tables. */
    public TableRequest(
            VeloUri uri,
            ResolvedOptions options,
            OptionRole role,
            ObjectIdentifier identifier,
            ResolvedCatalogTable table,
            ReadableConfig configuration,
            ClassLoader classLoader) {
        this(uri, options, role, identifier, table, configuration, classLoader, OtherTables.NONE);
    }

    /** The login, empty if none was given. */
    public Credentials credentials() {
        return options.credentials();
    }

    /** The whole schema: physical, computed and metadata columns. */
    public ResolvedSchema schema() {
        return table.getResolvedSchema();
    }

    /** The type of the rows that the scheme reads or writes: the physical columns, as a ROW. */
    public DataType physicalType() {
        return schema().toPhysicalRowDataType();
    }

    /** Positions of the primary key's columns among the physical columns; empty without a key. */
    public int[] primaryKeyIndexes() {
        return schema().getPrimaryKeyIndexes();
    }

    /** Names of the primary key's columns; empty without a key. */
    public List<String> primaryKey() {
        return schema().getPrimaryKey().map(key -> key.getColumns()).orElse(List.of());
    }

    /**
     * Reports something that is probably a mistake: logged, or an error if the user wants it
     * strict.
     *
     * @throws io.velo.flink.common.error.VeloException under {@code strict}
     */
    public void warn(Problem problem) {
        if (options.get(CommonOptions.STRICT)) {
            throw problem.toException();
        }
        LOG.warn("{}", problem.toException().getMessage());
    }

    /**
     * The context with which to call the factory of a connector to which a scheme delegates. It
     * holds the same table under other options.
     *
     * @param delegateOptions all options of the delegate, {@code connector} included
     */
    public DynamicTableFactory.Context delegateContext(Map<String, String> delegateOptions) {
        ResolvedCatalogTable delegate = table.copy(delegateOptions);
        return new FactoryUtil.DefaultDynamicTableContext(
                identifier, delegate, Map.of(), configuration, classLoader, false);
    }

    /** The same request under another name, which messages, operators and derived names show. */
    public TableRequest withIdentifier(ObjectIdentifier name) {
        return new TableRequest(
                uri, options, role, name, table, configuration, classLoader, others);
    }

    /**
     * The same request to other servers that hold the same table.
     *
     * @param server a URI whose hosts count, and whose login if it has one
     */
    public TableRequest withServer(VeloUri server) {
        ResolvedOptions login =
                server.hasCredentials()
                        ? options.withCredentials(
                                new Credentials(
                                        server.user().orElse(""),
                                        server.password().orElse(Secret.of(""))))
                        : options;
        return new TableRequest(
                uri.withHostsOf(server),
                login,
                role,
                identifier,
                table,
                configuration,
                classLoader,
                others);
    }

    /** The same request for another schema, as discovery and column projection need it. */
    public TableRequest withSchema(ResolvedSchema schema) {
        CatalogTable unresolved =
                CatalogTable.newBuilder()
                        .schema(
                                org.apache.flink.table.api.Schema.newBuilder()
                                        .fromResolvedSchema(schema)
                                        .build())
                        .options(table.getOptions())
                        .build();
        return new TableRequest(
                uri,
                options,
                role,
                identifier,
                new ResolvedCatalogTable(unresolved, schema),
                configuration,
                classLoader,
                others);
    }
}
