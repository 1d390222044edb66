// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

/** A test server does not do what it should: start, stop, answer. */
public class ServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong and what to do, in full sentences. */
    public ServerException(String message) {
        super(message);
    }

    /** With what is wrong and what to do, in full sentences, and the cause. */
    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
