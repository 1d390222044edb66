// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

/**
 * How a connection is protected, with the meaning that libpq gives the words.
 *
 * <p>Source: https://www.postgresql.org/docs/current/libpq-ssl.html, "Protection Provided in
 * Different Modes".
 */
public enum SslMode {
    /** Never TLS. */
    DISABLE,
    /** TLS if the server offers it; anybody in between can prevent that. */
    PREFER,
    /** TLS, the certificate is not checked. */
    REQUIRE,
    /** TLS, the certificate must come from a trusted authority. */
    VERIFY_CA,
    /** TLS, the certificate must be trusted and name the host. */
    VERIFY_FULL;

    /** The word of libpq and of the driver. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
