// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

import java.util.Objects;

/**
 * One thing that is wrong, in words for the person who typed the SQL: what is wrong, where, what is
 * allowed and what to do. Immutable, therefore thread-safe.
 *
 * <p>No part may hold a secret: whoever builds a problem puts only redacted text into it.
 *
 * @param code the error code
 * @param sentence what is wrong, one sentence that ends with a full stop
 * @param where the redacted URI, option, file or position, or an empty string
 * @param remedy what is allowed and what to do next, or an empty string
 */
public record Problem(ErrorCode code, String sentence, String where, String remedy) {

    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(sentence);
        Objects.requireNonNull(where);
        Objects.requireNonNull(remedy);
    }

    /** A problem of which only the sentence is known so far. */
    public static Problem of(ErrorCode code, String sentence) {
        return new Problem(code, sentence, "", "");
    }

    /** The same problem with the place where it was found. */
    public Problem at(String place) {
        return new Problem(code, sentence, place, remedy);
    }

    /** The same problem with what is allowed and what to do next. */
    public Problem remedy(String text) {
        return new Problem(code, sentence, where, text);
    }

    /** This problem as an exception of its own. */
    public VeloException toException() {
        return new VeloException(java.util.List.of(this));
    }

    /** This problem as an exception that keeps what led to it. */
    public VeloException toException(Throwable reason) {
        return toException().becauseOf(reason);
    }
}
