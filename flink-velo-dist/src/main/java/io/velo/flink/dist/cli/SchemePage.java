// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeSpec;
import java.io.PrintWriter;

/** Everything that the spec of one scheme says, as text. Immutable. */
final class SchemePage {

    private final Scheme scheme;
    private final SchemeSpec spec;

    SchemePage(Scheme scheme) {
        this.scheme = scheme;
        this.spec = scheme.spec();
    }

    void print(PrintWriter out) {
        out.println(String.join(", ", spec.names()) + ": " + spec.summary());
        out.println("Can: " + SchemesCommand.capabilities(scheme));
        if (!spec.delivers().isEmpty()) {
            out.println("Delivers: " + spec.delivers());
        }
        spec.defaultPort().ifPresent(port -> out.println("Default port: " + port));
        out.println();
        out.println("Examples:");
        for (SchemeSpec.Example example : spec.examples()) {
            out.println("  " + example.uri());
            out.println("      " + example.sentence());
        }
        out.println();
        out.println("Options, as WITH option (as URI parameter):");
        spec.options().forEach(option -> print(option, out));
        spec.passThroughs().forEach(passed -> out.println("  " + passed.words()));
        if (!spec.notBuilt().isEmpty()) {
            out.println();
            out.println("Not built yet: " + String.join(", ", spec.notBuilt()));
        }
    }

    private static void print(SchemeOption<?> option, PrintWriter out) {
        out.printf("  %s (%s)%s%n", option.key(), option.parameterName(), use(option));
        out.println("      " + option.description());
        out.printf(
                "      Value: %s. Default: %s.%n",
                option.kind().allowed(), option.printedDefault());
        if (!option.aliases().isEmpty()) {
            out.println("      Also: " + String.join(", ", option.aliases()) + ".");
        }
    }

    private static String use(SchemeOption<?> option) {
        if (option.role() == OptionRole.SOURCE) {
            return ", for reading";
        }
        return option.role() == OptionRole.SINK ? ", for writing" : "";
    }
}
