// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

/**
 * A test server cannot be had on this machine: no package for the platform, a missing tool, no way
 * to a package registry. Tests that need the server are skipped, see {@link RequiredServer}.
 */
public final class ServerUnavailableException extends ServerException {

    private static final long serialVersionUID = 1L;

    /** With what is missing and what to do, in full sentences. */
    public ServerUnavailableException(String message) {
        super(message);
    }

    /** With what is missing and what to do, in full sentences, and the cause. */
    public ServerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
