// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

/** The major versions of PostgreSQL that can be started, each pinned to one minor version. */
public enum PostgresVersion {
    /** PostgreSQL 14. */
    V14("14.24.0"),
    /** PostgreSQL 15. */
    V15("15.19.0"),
    /** PostgreSQL 16, used when nothing else is asked for. */
    V16("16.15.0"),
    /** PostgreSQL 17. */
    V17("17.11.0"),
    /** PostgreSQL 18. */
    V18("18.6.0");

    private final String packageVersion;

    PostgresVersion(String packageVersion) {
        this.packageVersion = packageVersion;
    }

    String packageVersion() {
        return packageVersion;
    }

    /** The official container image of the same minor version. */
    String image() {
        return "postgres:" + packageVersion.substring(0, packageVersion.lastIndexOf('.'));
    }
}
