// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.codec;

/**
 * The text form of an array of texts, as {@code array_in} reads it: every element in double quotes,
 * so that none is taken for NULL or for structure. Not thread-safe.
 *
 * <p>Source: https://www.postgresql.org/docs/current/arrays.html, "Array Input and Output Syntax".
 */
public final class ArrayLiteral {

    private final StringBuilder text = new StringBuilder(256).append('{');

    /** Appends an element. */
    public ArrayLiteral add(String element) {
        if (text.length() > 1) {
            text.append(',');
        }
        text.append('"');
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
        return this;
    }

    /** The whole literal. */
    @Override
    public String toString() {
        return text + "}";
    }
}
