// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import java.io.PrintWriter;

/** An exception as the user of the command line sees it. */
final class Failure {

    private final Throwable failure;

    Failure(Throwable failure) {
        this.failure = failure;
    }

    /** Prints the message, and the stack trace if the user wants everything. */
    void print(PrintWriter err, boolean everything) {
        err.println("velo: " + sentence());
        if (everything) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** The message; an exception that has none is named by its class. */
    private String sentence() {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? "Unexpected " + failure.getClass().getSimpleName() + "; --verbose shows where."
                : message;
    }
}
