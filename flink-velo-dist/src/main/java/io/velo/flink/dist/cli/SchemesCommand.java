// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SchemeSpec;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo schemes}: what each scheme can do, and the options of one. */
@Command(
        name = "schemes",
        description = "Lists the schemes and what they can do, or the options of one scheme.")
final class SchemesCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A scheme, such as kafka: prints all its options.")
    private String name;

    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        SchemeRegistry registry = SchemeRegistry.load(SchemesCommand.class.getClassLoader());
        PrintWriter out = command.commandLine().getOut();
        if (name == null) {
            list(registry.schemes(), out);
        } else {
            String bare = name.replace("://", "").toLowerCase(Locale.ROOT);
            new SchemePage(registry.get(bare)).print(out);
        }
        out.flush();
        return 0;
    }

    private static void list(List<Scheme> schemes, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("SCHEME", "CAN", "SUMMARY"));
        for (Scheme scheme : schemes) {
            SchemeSpec spec = scheme.spec();
            rows.add(
                    List.of(String.join(", ", spec.names()), capabilities(scheme), spec.summary()));
        }
        TextTable.of(rows).print(out);
    }

    static String capabilities(Scheme scheme) {
        return Arrays.stream(Capability.values())
                .filter(capability -> capability.isOf(scheme))
                .map(Capability::label)
                .collect(Collectors.joining(", "));
    }
}
