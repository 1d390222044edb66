// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

/** The sandbox cannot do what it was asked for; the message says what is wrong and what to do. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do, in full sentences. */
    public SandboxException(String message) {
        super(message);
    }

    /** With what is wrong and what to do, in full sentences, and what led to it. */
    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
