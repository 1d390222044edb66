// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.uri.catalog;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.SchemeRegistry;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.secret.InlineCredentials;
import io.velo.flink.common.secret.References;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.secret.SecurityPolicy;
import io.velo.flink.common.secret.SecurityPolicy.InlineRule;
import io.velo.flink.common.uri.Parameter;
import io.velo.flink.common.uri.ParameterName;
import io.velo.flink.common.uri.VeloUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rewrites the options of a table so that nothing secret stands in them: the login leaves the URI,
 * and every secret in clear is replaced by a reference to {@link InlineCredentials}. What Flink
 * prints of the table afterwards is clean. Stateless, therefore thread-safe.
 */
final class CleanOptions {

    /** What becomes of a secret that was written in clear. */
    enum Place {
        /** The table lives in memory: the secret is kept in memory too. */
        MEMORY,
        /** The table is written to disk, where a secret in clear may not go. */
        DISK
    }

    private CleanOptions() {}

    /**
     * The options without secrets in clear.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SEC-003} if a secret in clear
     *     may not be given here
     */
    static Map<String, String> of(
            Map<String, String> options, SchemeRegistry registry, Place place) {
        Map<String, String> clean = new LinkedHashMap<>();
        options.forEach(
                (key, value) -> {
                    if (VeloUri.looksLikeUri(value) && isUriKey(key)) {
                        cleanUri(key, value, registry, place, clean);
                    } else {
                        clean.put(key, value);
                    }
                });
        spec(clean, registry)
                .ifPresent(
                        spec ->
                                clean.replaceAll(
                                        (key, value) ->
                                                spec.isSecret(key) ? kept(value, place) : value));
        return clean;
    }

    /** Not {@code dlq.uri}, which is a secret as a whole: its login is not this table's. */
    private static boolean isUriKey(String key) {
        return !ParameterName.fold(key).endsWith("dlq-uri") && isUriKeyOfTable(key);
    }

    private static boolean isUriKeyOfTable(String key) {
        return key.endsWith("uri") || key.endsWith("url") || key.endsWith("string");
    }

    private static void cleanUri(
            String key,
            String text,
            SchemeRegistry registry,
            Place place,
            Map<String, String> clean) {
        SchemeSpec spec = registry.get(VeloUri.schemeOf(text)).spec();
        VeloUri uri = VeloUri.parse(text, spec.form());
        String prefix = key.contains(".") ? key.substring(0, key.indexOf('.') + 1) : "";
        if (!prefix.equals("source.") && !prefix.equals("sink.")) {
            prefix = "";
        }
        if (uri.hasCredentials()) {
            String user = uri.user().orElse("");
            if (!user.isEmpty()) {
                clean.put(prefix + "username", user);
            }
            Optional<Secret> password = uri.password();
            if (password.isPresent()) {
                clean.put(prefix + "password", kept(password.get().written(), place));
            }
            uri = uri.withoutCredentials();
        }
        for (Parameter parameter : uri.parameters()) {
            if (spec.isSecret(parameter.name())) {
                clean.put(prefix + optionKey(spec, parameter), kept(parameter.value(), place));
                uri = uri.withoutParameter(parameter.name());
            }
        }
        clean.put(key, uri.print());
    }

    private static String optionKey(SchemeSpec spec, Parameter parameter) {
        String folded = ParameterName.fold(parameter.name());
        return spec.options().stream()
                .filter(option -> option.foldedName().equals(folded))
                .map(option -> option.key())
                .findFirst()
                .orElse(parameter.name());
    }

    private static String kept(String value, Place place) {
        if (value.isEmpty() || References.isReference(value)) {
            return value;
        }
        if (place == Place.DISK) {
            throw refused(
                    "A catalog with 'store' keeps its tables on disk, and no secret in clear"
                            + " is written there.");
        }
        if (SecurityPolicy.current().inlineCredentials() == InlineRule.REFUSE) {
            throw refused("Credentials in clear are refused on this cluster.");
        }
        return InlineCredentials.keep(value);
    }

    private static RuntimeException refused(String why) {
        return Problem.of(ErrorCode.SECURITY_INLINE_CREDENTIALS, why)
                .remedy("Write 'password'='${env:VELO_PASSWORD}' or '${file:/secret/password}'.")
                .toException();
    }

    private static Optional<SchemeSpec> spec(Map<String, String> options, SchemeRegistry registry) {
        return options.entrySet().stream()
                .filter(e -> isUriKey(e.getKey()) && VeloUri.looksLikeUri(e.getValue()))
                .findFirst()
                .map(e -> registry.get(VeloUri.schemeOf(e.getValue())).spec());
    }
}
