// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/** The two shapes that the part between {@code ://} and the path can have. */
public enum UriForm {
    /** Hosts with ports, and a user with a password: {@code user:pw@h1:5432,h2}. */
    SERVER,
    /**
     * One name (bucket, container, catalog), no user and no port. Its paths may hold globs, so the
     * parameters start at the first {@code ?} that is followed by {@code name=}.
     */
    LOCATION;

    /**
     * The form that Velo's own schemes have; every scheme that is not known here is a server.
     *
     * @param scheme in lower case
     */
    public static UriForm of(String scheme) {
        return switch (scheme) {
            case "file", "s3", "gs", "azure", "iceberg", "delta", "hudi", "memory" -> LOCATION;
            default -> SERVER;
        };
    }
}
