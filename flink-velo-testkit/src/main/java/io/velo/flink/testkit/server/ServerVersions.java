// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

/** The versions of everything that is fetched to run servers; they stand here and nowhere else. */
final class ServerVersions {

    static final String KAFKA = "4.3.1";

    /** The package's version; the engine in it calls itself 26.7.2.1. */
    static final String CHDB = "26.7.3-stable.1";

    static final String JNA = "5.19.1";

    /** Holds Redis 6.2.11, though the name of the program in it says 6.2.6-v5. */
    static final String EMBEDDED_REDIS = "1.4.4";

    static final String MAVEN_DEPENDENCY_PLUGIN = "3.8.1";

    static final String KAFKA_IMAGE = "apache/kafka:4.3.1";

    static final String REDIS_IMAGE = "redis:7.2.10";

    static final String CLICKHOUSE_IMAGE = "clickhouse/clickhouse-server:26.7";

    private ServerVersions() {}
}
