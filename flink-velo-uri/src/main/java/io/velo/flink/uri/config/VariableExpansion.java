// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.config;

import io.velo.flink.common.secret.EnvironmentVariables;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands {@code ${V}}, {@code ${V:-default}}, {@code ${V:default}} and {@code ${V:?message}} in
 * the values of a config file: once, never recursively. Only upper-case names on the operator's
 * allow-list are variables; a lower-case {@code ${year}} is a template and {@code ${env:…}} a
 * reference, and both are left alone. Stateless, therefore thread-safe.
 */
final class VariableExpansion {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?:(:-|:\\?|:)([^}]*))?}");

    private final UnaryOperator<String> environment;

    VariableExpansion(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * The text with its variables replaced.
     *
     * @throws io.velo.flink.common.error.VeloException if a variable is not allowed, or unset and
     *     without a default
     */
    String expand(String text) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(matcher)));
    }

    private String value(Matcher found) {
        String name = found.group(1);
        String written = "${" + name + "}";
        String value = EnvironmentVariables.read(name, written, environment);
        if (value != null && !(value.isEmpty() && found.group(2) != null)) {
            return value;
        }
        if (found.group(2) == null || found.group(2).equals(":?")) {
            throw EnvironmentVariables.unset(
                    written,
                    found.group(3) == null ? "" : found.group(3),
                    "Set it, or give a default: ${" + name + ":-value}.");
        }
        return found.group(3);
    }
}
