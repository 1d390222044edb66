// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

/**
 * What led to a {@link VeloException}, its chain of causes told in one line, with the stack trace
 * of the innermost one. It has no cause itself, so that no "Caused by:" stands behind Velo's
 * sentence.
 */
public final class Reason extends Exception {

    private static final long serialVersionUID = 1L;

    Reason(Throwable thrown) {
        super(chain(thrown));
        setStackTrace(innermost(thrown).getStackTrace());
    }

    private static String chain(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        for (Throwable at = thrown.getCause(); at != null; at = at.getCause()) {
            text.append(", because of ").append(at);
        }
        return text.toString();
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
