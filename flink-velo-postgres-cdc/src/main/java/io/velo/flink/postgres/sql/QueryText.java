// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.util.Locale;

/**
 * A query of the user's, checked to be one statement that stands between brackets and cannot leave
 * them: no semicolon, no bracket without its partner, no literal or comment that stays open. That
 * it changes nothing is the server's business, in a transaction that only reads.
 *
 * <p>Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html; backslashes are
 * ordinary in plain literals, because sessions set {@code standard_conforming_strings}. Immutable,
 * therefore thread-safe.
 *
 * @param text the query
 */
public record QueryText(String text) {

    /**
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-001} if the text is not one
     *     query
     */
    public QueryText {
        String fault = new Scan(text).fault();
        if (fault != null) {
            throw Problem.of(ErrorCode.OPTION_VALUE, "The query " + fault + ".")
                    .remedy("Write one SELECT, VALUES or WITH … SELECT, without a semicolon.")
                    .toException();
        }
    }

    /** One pass over the text. */
    private static final class Scan {

        private final String text;
        private int at;
        private int depth;

        Scan(String text) {
            this.text = text;
        }

        /** What is wrong, or null. */
        String fault() {
            String start = text.stripLeading().toUpperCase(Locale.ROOT);
            if (!start.matches("(?s)(SELECT|WITH|VALUES|TABLE|\\()\\b?.*")) {
                return "does not start with SELECT";
            }
            if (text.indexOf('\0') >= 0) {
                return "holds a NUL character";
            }
            while (at < text.length()) {
                String fault = step();
                if (fault != null) {
                    return fault;
                }
            }
            return depth == 0 ? null : "has a bracket that is not closed";
        }

        private String step() {
            char current = text.charAt(at);
            switch (current) {
                case ';':
                    return "holds a semicolon";
                case '(':
                    depth++;
                    at++;
                    return null;
                case ')':
                    depth--;
                    at++;
                    return depth < 0 ? "closes a bracket that is not open" : null;
                case '\'':
                    return quoted('\'', isEscapeLiteral());
                case '"':
                    return quoted('"', false);
                case '$':
                    return dollar();
                default:
                    return other();
            }
        }

        /** Whether the quote follows the E of {@code E'…'}, which is not the end of a name. */
        private boolean isEscapeLiteral() {
            return at > 0
                    && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                    && (at == 1 || !isNamePart(text.charAt(at - 2)));
        }

        private static boolean isNamePart(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
        }

        private String quoted(char quote, boolean escapes) {
            for (at++; at < text.length(); at++) {
                char current = text.charAt(at);
                if (escapes && current == '\\') {
                    at++;
                } else if (current == quote) {
                    if (at + 1 == text.length() || text.charAt(at + 1) != quote) {
                        at++;
                        return null;
                    }
                    at++;
                }
            }
            return "has a quote that is not closed";
        }

        /** {@code $tag$ … $tag$}, unless the dollar belongs to a name or parameter. */
        private String dollar() {
            int end = at + 1;
            while (end < text.length() && isNamePart(text.charAt(end)) && text.charAt(end) != '$') {
                end++;
            }
            boolean inName = at > 0 && isNamePart(text.charAt(at - 1));
            boolean digit = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
            if (inName || digit || end == text.length() || text.charAt(end) != '$') {
                at++;
                return null;
            }
            String tag = text.substring(at, end + 1);
            int close = text.indexOf(tag, end + 1);
            at = close + tag.length();
            return close < 0 ? "has a quote that is not closed" : null;
        }

        private String other() {
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
                return null;
            }
            if (text.startsWith("/*", at)) {
                return comment();
            }
            at++;
            return null;
        }

        /** Comments nest. */
        private String comment() {
            int open = 0;
            while (at < text.length()) {
                if (text.startsWith("/*", at)) {
                    open++;
                    at += 2;
                } else if (text.startsWith("*/", at)) {
                    open--;
                    at += 2;
                    if (open == 0) {
                        return null;
                    }
                } else {
                    at++;
                }
            }
            return "has a comment that is not closed";
        }
    }
}
