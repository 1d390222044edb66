// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import java.io.Serializable;
import java.util.Objects;

/**
 * A value that must never be printed: a literal or a reference such as {@code ${env:VELO_PW}} that
 * is read when it is needed. {@code toString()} is {@value #MASK}. Immutable, therefore
 * thread-safe; serializable so that it can travel to the workers unread.
 */
public final class Secret implements Serializable {

    /** What is printed instead of a secret. */
    public static final String MASK = "***";

    private static final long serialVersionUID = 1L;

    private final String text;

    private Secret(String text) {
        this.text = Objects.requireNonNull(text);
    }

    /** A secret given by its text, in which references may stand. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * The clear value. Call it where a connection opens, and keep the result nowhere.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SEC-001} or {@code VELO-SEC-002}
     *     if a reference may not be read or points to nothing
     */
    public String reveal() {
        return References.resolve(text);
    }

    /** Whether the value is a reference, so that the text itself holds nothing secret. */
    public boolean isReference() {
        return References.isReference(text);
    }

    /** The text as it was written: for storing a reference unread, never for printing. */
    public String written() {
        return text;
    }

    /**
     * A worker cannot see what this process keeps, so a secret that was given inline travels as
     * itself; the other references travel unread.
     */
    private Object writeReplace() {
        return InlineCredentials.isKept(text) ? new Secret(reveal()) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret && ((Secret) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
