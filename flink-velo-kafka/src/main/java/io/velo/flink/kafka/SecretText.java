// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.secret.Secret;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts secrets into the configuration of a Kafka client so that a reference stays a reference: it
 * becomes a variable of {@link SecretConfigProvider}, which the client resolves when it opens its
 * connection, on whatever machine that is. Only a literal secret travels in clear. Stateless,
 * therefore thread-safe.
 */
final class SecretText {

    private static final String PLAIN = "velo";
    private static final String QUOTED = "velojaas";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private SecretText() {}

    /** The secret as the value of a setting. */
    static String value(Secret secret) {
        return isPortable(secret) ? asVariables(secret, PLAIN) : secret.reveal();
    }

    /** The secret as it stands between double quotes in a JAAS text. */
    static String jaasValue(Secret secret) {
        return isPortable(secret)
                ? asVariables(secret, QUOTED)
                : SecretConfigProvider.escape(secret.reveal());
    }

    /** Inline credentials that a catalog keeps apart are known on this machine only. */
    private static boolean isPortable(Secret secret) {
        return secret.isReference() && !secret.written().contains("${catalog:");
    }

    private static String asVariables(Secret secret, String provider) {
        Matcher matcher = REFERENCE.matcher(secret.written());
        StringBuilder text = new StringBuilder();
        int done = 0;
        while (matcher.find()) {
            text.append(clear(secret.written().substring(done, matcher.start()), provider))
                    .append("${")
                    .append(provider)
                    .append(':')
                    .append(matcher.group(1))
                    .append(':')
                    .append(matcher.group(2))
                    .append('}');
            done = matcher.end();
        }
        return text.append(clear(secret.written().substring(done), provider)).toString();
    }

    private static String clear(String text, String provider) {
        return provider.equals(QUOTED) ? SecretConfigProvider.escape(text) : text;
    }

    /** The settings that make a client know the variables. */
    static Map<String, String> providerSettings() {
        String type = SecretConfigProvider.class.getName();
        return Map.of(
                "config.providers",
                PLAIN + "," + QUOTED,
                "config.providers." + PLAIN + ".class",
                type,
                "config.providers." + QUOTED + ".class",
                type,
                "config.providers." + QUOTED + ".param." + SecretConfigProvider.JAAS,
                "true");
    }

    /** Whether a value holds such a variable. */
    static boolean hasVariable(String value) {
        return value.contains("${" + PLAIN + ":") || value.contains("${" + QUOTED + ":");
    }
}
