// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.ValidationException;

/**
 * The one exception that Velo shows to its users: one or more {@link Problem}s, printed in at most
 * {@value #MAX_MESSAGE_BYTES} bytes of UTF-8.
 *
 * <p>What led to it is kept as a suppressed {@link Reason} and not as the cause, because Flink's
 * SQL Client prints the innermost cause only, and finds it by the last "Caused by:" in the text of
 * the stack trace: the user must see this sentence and not the driver's. The stack trace shows
 * both.
 */
public final class VeloException extends ValidationException {

    /** The longest message, in bytes of UTF-8. */
    public static final int MAX_MESSAGE_BYTES = 1024;

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private transient Throwable reason;

    /**
     * An exception for these problems.
     *
     * @param problems at least one
     */
    public VeloException(List<Problem> problems) {
        super(ProblemText.print(problems, MAX_MESSAGE_BYTES));
        this.problems = List.copyOf(problems);
    }

    /** The problems; empty after Java serialization, which keeps the message only. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /** Keeps what led to this exception, as a suppressed {@link Reason}; returns this. */
    public VeloException becauseOf(Throwable reason) {
        addSuppressed(new Reason(reason));
        this.reason = reason;
        return this;
    }

    /** What led to this exception; nothing after Java serialization. */
    public Optional<Throwable> reason() {
        return Optional.ofNullable(reason);
    }
}
