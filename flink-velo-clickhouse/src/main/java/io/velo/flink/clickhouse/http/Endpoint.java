// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * One HTTP server. Immutable.
 *
 * @param authority {@code host:port} as it was written
 * @param host the name or address, without brackets
 * @param port the port
 * @param tls whether it speaks HTTPS
 */
record Endpoint(String authority, String host, int port, boolean tls) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /**
     * The endpoint that this {@code host:port} means.
     *
     * @throws VeloException {@code VELO-URI-001} if it is none
     */
    static Endpoint of(String authority, boolean tls, String place) {
        try {
            URI uri = new URI("http://" + authority).parseServerAuthority();
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
                String host = uri.getHost().replaceAll("^\\[|]$", "");
                return new Endpoint(authority, host, port, tls);
            }
        } catch (URISyntaxException malformed) {
            // The sentence below says it.
        }
        throw Problem.of(ErrorCode.URI_SYNTAX, "'" + authority + "' is not a host name.")
                .at(place)
                .remedy("Write host or host:port; several with commas between them.")
                .toException();
    }

    /** {@code http://host:port} or {@code https://host:port}. */
    String origin() {
        return (tls ? "https://" : "http://") + authority;
    }

    /** The HTTP proxy that this JVM is told to use for the server, or null for none. */
    InetSocketAddress proxy() {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        for (Proxy proxy : selector.select(URI.create(origin()))) {
            if (proxy.type() == Proxy.Type.HTTP
                    && proxy.address() instanceof InetSocketAddress address) {
                return new InetSocketAddress(address.getHostString(), address.getPort());
            }
        }
        return null;
    }
}
