// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.secret.Secret;
import java.util.function.Predicate;

/**
 * Prints URIs without their secrets. A text that could not be parsed can hold a password anywhere:
 * as soon as that is possible, only its scheme is printed.
 */
final class Redaction {

    private static final int MAX_UNPARSED = 240;

    private Redaction() {}

    /** The redacted text of a parsed URI. */
    static String of(VeloUri uri, Predicate<String> isSecret) {
        String text = uri.print();
        int start = uri.scheme().length() + SchemeName.SEPARATOR.length();
        if (mayHoldStrayPassword(text, start, uri.pathStart())) {
            return text.substring(0, start) + Secret.MASK;
        }
        StringBuilder shown = new StringBuilder(text.length()).append(text, 0, start);
        if (uri.hasCredentials()) {
            shown.append(Secret.MASK).append('@');
        }
        shown.append(text, uri.hostsStart(), uri.pathStart())
                .append(holdsSecret(uri.path(), isSecret) ? "/" + Secret.MASK : uri.rawPath());
        char separator = '?';
        for (Parameter parameter : uri.parameters()) {
            boolean hidden =
                    isSecret.test(parameter.name()) || holdsSecret(parameter.value(), isSecret);
            shown.append(separator)
                    .append(parameter.name())
                    .append('=')
                    .append(hidden ? Secret.MASK : parameter.rawValue());
            separator = '&';
        }
        return shown.toString();
    }

    /** The redacted text of a URI with problems: all values are hidden. */
    static String ofUnparsed(ParseState state) {
        String text = state.text;
        int start = state.authorityStart();
        String scheme = SchemeName.lowerCase(text, state.schemeLength) + SchemeName.SEPARATOR;
        int authorityEnd = state.soundAuthorityEnd;
        if (authorityEnd < 0 || mayHoldStrayPassword(state)) {
            return scheme + Secret.MASK;
        }
        StringBuilder shown = new StringBuilder(scheme);
        int at = state.form == UriForm.SERVER ? text.lastIndexOf('@', authorityEnd - 1) : -1;
        if (at >= start) {
            shown.append(Secret.MASK).append('@');
        }
        shown.append(text, Math.max(at + 1, start), authorityEnd);
        int query = text.indexOf('?', authorityEnd);
        int pathEnd = query < 0 ? text.length() : query;
        String path = text.substring(authorityEnd, pathEnd);
        shown.append(unparsedHoldsSecret(path) ? "/" + Secret.MASK : path);
        if (query >= 0) {
            shown.append('?').append(Secret.MASK);
        }
        return readable(shown);
    }

    /**
     * Whether a raw {@code @} after the authority could be the one that ends the userinfo, because
     * a raw slash or question mark in the password cut it short.
     */
    static boolean mayHoldStrayPassword(ParseState state) {
        int end = state.soundAuthorityEnd;
        return end < 0 || mayHoldStrayPassword(state.text, state.authorityStart(), end);
    }

    private static boolean mayHoldStrayPassword(String text, int start, int authorityEnd) {
        int at = text.lastIndexOf('@');
        int colon = text.indexOf(':', start);
        return at >= authorityEnd && colon >= 0 && colon < at;
    }

    /** Whether the text holds another URI that could carry credentials. */
    private static boolean mayHoldCredentials(String text) {
        int nested = text.indexOf(SchemeName.SEPARATOR);
        if (nested < 0) {
            return false;
        }
        for (int i = nested + SchemeName.SEPARATOR.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean port =
                    c == ':' && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
            boolean harmless = Character.isLetterOrDigit(c) || "/.-_*,{}$".indexOf(c) >= 0 || port;
            if (!harmless) {
                return true;
            }
        }
        return false;
    }

    /** Whether a decoded text holds a URI with credentials or <code>password=…</code>. */
    private static boolean holdsSecret(String text, Predicate<String> isSecret) {
        if (mayHoldCredentials(text)) {
            return true;
        }
        int equals = text.indexOf('=');
        for (; equals >= 0; equals = text.indexOf('=', equals + 1)) {
            int start = equals;
            while (start > 0 && CharacterClass.foldedName(text.charAt(start - 1)) != 0) {
                start--;
            }
            String name = text.substring(start, equals);
            if (isSecret.test(name) || SecretNames.isSecret(name)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #holdsSecret}, for a path whose escapes may be broken. */
    private static boolean unparsedHoldsSecret(String path) {
        boolean escapes = path.indexOf('%') >= 0;
        boolean suspicious =
                path.contains("%40")
                        || path.contains("%3a")
                        || path.contains("%3A")
                        || path.indexOf('=') >= 0;
        return escapes && suspicious || holdsSecret(path, SecretNames::isSecret);
    }

    private static String readable(StringBuilder shown) {
        boolean cut = shown.length() > MAX_UNPARSED;
        String text = cut ? shown.substring(0, MAX_UNPARSED) + "…" : shown.toString();
        StringBuilder readable = new StringBuilder(text.length());
        text.codePoints()
                .map(codePoint -> CharacterClass.isLegal(codePoint) ? codePoint : '\uFFFD')
                .forEach(readable::appendCodePoint);
        return readable.toString();
    }
}
