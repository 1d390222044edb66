// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.table;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.ProbeScheme;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SinkScheme;
import io.velo.flink.common.scheme.SourceScheme;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.uri.discovery.DeclarationCheck;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/**
 * The connector {@code velo}: finds the scheme of the table's URI and hands over. Stateless,
 * therefore thread-safe.
 */
public final class VeloTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

    /** The connector's name. */
    public static final String IDENTIFIER = "velo";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    /** Which options there are depends on the scheme, which checks them itself. */
    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        TableAddress address = address(context, OptionRole.SOURCE);
        if (!(address.scheme() instanceof SourceScheme scheme)) {
            throw Capability.SCAN.refusal(address.scheme().spec().name()).toException();
        }
        return scheme.source(request(address, context, OptionRole.SOURCE));
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        TableAddress address = address(context, OptionRole.SINK);
        if (!(address.scheme() instanceof SinkScheme scheme)) {
            throw Capability.SINK.refusal(address.scheme().spec().name()).toException();
        }
        return scheme.sink(request(address, context, OptionRole.SINK));
    }

    private static TableAddress address(DynamicTableFactory.Context context, OptionRole role) {
        return TableAddress.of(
                context.getCatalogTable().getOptions(),
                role,
                SchemeRegistry.load(context.getClassLoader()));
    }

    private static TableRequest request(
            TableAddress address, DynamicTableFactory.Context context, OptionRole role) {
        if (context.getCatalogTable().getResolvedSchema().getColumnCount() == 0) {
            throw Problem.of(ErrorCode.SCHEMA_DISCOVERY, "The table has no columns.")
                    .at(address.printed())
                    .remedy(
                            "Declare them: CREATE TABLE t (id BIGINT, …) WITH (…). Only a catalog"
                                    + " made by CREATE CATALOG c WITH ('type'='velo') discovers"
                                    + " them.")
                    .toException();
        }
        TableRequest request =
                TableRequests.of(
                        address,
                        role,
                        context.getObjectIdentifier(),
                        context.getCatalogTable(),
                        context.getConfiguration(),
                        context.getClassLoader());
        DeclarationCheck.check(request);
        if (request.options().get(CommonOptions.VALIDATE_CONNECT)) {
            probe(address.scheme(), request);
        }
        return request;
    }

    private static void probe(Scheme scheme, TableRequest request) {
        if (!(scheme instanceof ProbeScheme probe)) {
            throw Capability.PROBE.refusal(scheme.spec().name()).toException();
        }
        Problems problems = new Problems();
        probe.probe(request).checks().forEach(check -> check.problem().ifPresent(problems::add));
        problems.throwIfAny();
    }
}
