// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.DiscoverableScheme;
import io.velo.flink.common.scheme.DiscoveredTable;
import io.velo.flink.common.scheme.ProbeReport;
import io.velo.flink.common.scheme.ProbeScheme;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.uri.table.TableRequests;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.ObjectIdentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo check}: can what a URI names be used, and which columns does it have. */
@Command(
        name = "check",
        description = {
            "Checks what a URI names: whether it can be reached, whether the login and its "
                    + "privileges are enough, and which columns are discovered.",
            "Changes nothing there. Ends with code 1 if a check fails, and says what to do."
        })
final class CheckCommand implements Callable<Integer> {

    private static final String CATALOG = "velo";

    @Parameters(
            paramLabel = "URI",
            description = "Such as 'postgresql://user@host/shop?table=orders'. Quote it.")
    private String uri;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description =
                    "An option as in a WITH clause, such as password='$${env:VELO_PASSWORD}'."
                            + " May be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        ClassLoader classLoader = CheckCommand.class.getClassLoader();
        Map<String, String> with = new LinkedHashMap<>(options);
        with.put("uri", uri);
        TableRequest request =
                TableRequests.withoutColumns(
                        with,
                        ObjectIdentifier.of(CATALOG, "default", "checked"),
                        new Configuration(),
                        classLoader);
        Scheme scheme = SchemeRegistry.load(classLoader).get(request.uri().scheme());
        CheckOutput output = new CheckOutput(out());
        if (scheme instanceof ProbeScheme probe) {
            ProbeReport report = probe.probe(request);
            output.print(report);
            if (!report.passed()) {
                return 1;
            }
        } else {
            output.print(Capability.PROBE.refusal(scheme.spec().name()));
        }
        return discover(scheme, request, output);
    }

    private static int discover(Scheme scheme, TableRequest request, CheckOutput output) {
        if (scheme instanceof DiscoverableScheme discoverable) {
            DiscoveredTable table = discoverable.discover(request);
            output.print(table);
            return 0;
        }
        output.print(Capability.DISCOVERY.refusal(scheme.spec().name()));
        return 1;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
