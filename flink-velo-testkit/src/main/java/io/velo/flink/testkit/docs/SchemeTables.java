// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.docs;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.Capability;
import io.velo.flink.common.scheme.Scheme;
import io.velo.flink.common.scheme.SchemeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables about schemes that documentation pages hold, made from the specs. */
public final class SchemeTables {

    private SchemeTables() {}

    /** The generated parts of one scheme's page. */
    public static List<GeneratedPart> of(Scheme scheme) {
        return List.of(
                new GeneratedPart("capabilities", capabilities(List.of(scheme))),
                new GeneratedPart("options", options(scheme.spec())),
                new GeneratedPart("not built", notBuilt(scheme.spec())),
                new GeneratedPart("examples", examples(scheme.spec())));
    }

    /** What each scheme can do, a line a scheme. */
    public static String capabilities(List<Scheme> schemes) {
        StringBuilder table = new StringBuilder("\n| scheme |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Capability capability : Capability.values()) {
            table.append(' ').append(capability.label()).append(" |");
            rule.append("---|");
        }
        table.append(" what it is |\n").append(rule).append("---|\n");
        for (Scheme scheme : schemes) {
            table.append("| ").append(code(scheme.spec().names())).append(" |");
            for (Capability capability : Capability.values()) {
                table.append(capability.isOf(scheme) ? " yes |" : " – |");
            }
            table.append(' ').append(scheme.spec().summary()).append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String options(SchemeSpec spec) {
        StringBuilder table =
                new StringBuilder(
                        "\n| URI parameter | WITH option | for | values | default | meaning |\n"
                                + "|---|---|---|---|---|---|\n");
        for (SchemeOption<?> option : spec.options()) {
            List<String> names = new ArrayList<>(List.of(option.parameterName()));
            names.addAll(option.aliases());
            table.append("| ")
                    .append(code(names))
                    .append(" | `")
                    .append(option.key())
                    .append("` | ")
                    .append(option.role().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(cell(option.kind().allowed()))
                    .append(" | ")
                    .append(cell(option.printedDefault()))
                    .append(" | ")
                    .append(cell(option.description()))
                    .append(" |\n");
        }
        for (SchemeSpec.PassThrough passThrough : spec.passThroughs()) {
            table.append("| handed on | | | | | ").append(cell(passThrough.words())).append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String notBuilt(SchemeSpec spec) {
        if (spec.notBuilt().isEmpty()) {
            return "\nEvery option that the product has for this scheme is built.\n\n";
        }
        return "\nNot built yet, and refused with an error: "
                + spec.notBuilt().stream()
                        .map(name -> "`" + name + (name.endsWith(".") ? "*" : "") + "`")
                        .collect(Collectors.joining(", "))
                + ".\n\n";
    }

    private static String examples(SchemeSpec spec) {
        StringBuilder list = new StringBuilder("\n");
        for (SchemeSpec.Example example : spec.examples()) {
            list.append("- `").append(example.uri()).append("`: ").append(example.sentence());
            list.append('\n');
        }
        return list.append('\n').toString();
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
