// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sql;

/**
 * The only place where text becomes part of an SQL statement. Everything else passes {@link
 * Identifier}s and literals through here, or binds parameters.
 *
 * <p>Stateless, therefore thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/sql-syntax-lexical.html, "Quoted Identifiers"
 * and "String Constants with C-Style Escapes".
 */
public final class Quoting {

    private Quoting() {}

    /** A name in double quotes, inner double quotes doubled. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A string literal that means the same under every server setting: with a backslash inside it
     * takes the {@code E''} form, in which a backslash is an escape whatever {@code
     * standard_conforming_strings} says.
     *
     * @param text any text without NUL, which PostgreSQL cannot store
     * @throws IllegalArgumentException if the text holds NUL
     */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A PostgreSQL text cannot hold NUL.");
        }
        String doubled = text.replace("'", "''");
        if (text.indexOf('\\') < 0) {
            return '\'' + doubled + '\'';
        }
        return " E'" + doubled.replace("\\", "\\\\") + '\'';
    }
}
