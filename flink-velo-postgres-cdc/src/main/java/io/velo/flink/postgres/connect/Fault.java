// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/**
 * What an error of the server or the driver means for the work that met it.
 *
 * <p>Source: https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
public enum Fault {
    /** The connection is gone or the server is not up: connect again, perhaps elsewhere. */
    RECONNECT,
    /** The server could not do it now: try the whole transaction again. */
    RETRY,
    /** A value is not acceptable: the row is at fault. */
    ROW,
    /** Trying again does not help. */
    PERMANENT;

    /**
     * The driver's class that compares host and certificate. Its name stands in the error, whose
     * other words are translated; no other sign tells the error from a lost connection.
     */
    private static final String HOST_CHECK = "PgjdbcHostnameVerifier";

    /** The fault of an error. */
    public static Fault of(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        if (isCertificateFault(error)) {
            return PERMANENT;
        }
        return switch (state) {
            case "08004" -> PERMANENT;
            case "57P01", "57P02", "57P03", "57P05", "25P03", "25006", "53300" -> RECONNECT;
            case "57014", "40001", "40P01", "55P03", "53100", "53200" -> RETRY;
            default -> ofClass(state);
        };
    }

    private static Fault ofClass(String state) {
        if (state.startsWith("08")) {
            return RECONNECT;
        }
        return state.startsWith("22") || state.startsWith("23") ? ROW : PERMANENT;
    }

    /** A bad certificate stays bad, although the driver reports it as a lost connection. */
    static boolean isCertificateFault(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException
                    || cause instanceof SSLException
                    || String.valueOf(cause.getMessage()).contains(HOST_CHECK)) {
                return true;
            }
        }
        return false;
    }

    /** Whether another attempt can succeed. */
    public boolean isTransient() {
        return this == RECONNECT || this == RETRY;
    }
}
