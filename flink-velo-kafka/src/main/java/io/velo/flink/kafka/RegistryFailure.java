// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * Tells a schema registry that does not answer from a record that cannot be read: for a registry
 * that is away no record may be left out. Stateless, therefore thread-safe.
 */
final class RegistryFailure {

    /** The exception of the registry's client, which is on the class path of its formats alone. */
    private static final String REST = "RestClientException";

    /** How it says that there is no such schema or subject: that is the record's fault. */
    private static final String NOT_FOUND = "error code: 404";

    private RegistryFailure() {}

    static boolean isOne(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof SSLException) {
                return true;
            }
            if (cause.getClass().getSimpleName().equals(REST)) {
                return !String.valueOf(cause.getMessage()).contains(NOT_FOUND);
            }
        }
        return false;
    }
}
