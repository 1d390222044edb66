// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/**
 * One server of a URI. Immutable.
 *
 * @param host a name, an IPv4 address, an IPv6 address without brackets, or a text with references
 * @param port 1 to 65535, or {@link #NOT_GIVEN}
 */
public record HostPort(String host, int port) {

    /** The port of a host that was written without one. */
    public static final int NOT_GIVEN = -1;

    /** Whether a port was written. */
    public boolean hasPort() {
        return port != NOT_GIVEN;
    }

    /** This host with the given port where none was written. */
    public HostPort orPort(int defaultPort) {
        return hasPort() ? this : new HostPort(host, defaultPort);
    }

    /** {@code host} or {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        String name = IpAddress.isVersion6(host) ? "[" + host + "]" : host;
        return hasPort() ? name + ":" + port : name;
    }
}
