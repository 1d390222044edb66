// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Real servers for tests: PostgreSQL, Kafka, Redis and ClickHouse as plain processes, without
 * Docker, on 127.0.0.1 only.
 *
 * <p>Most tests ask {@link io.velo.flink.testkit.server.RequiredServer} for a server that all tests
 * of the JVM share. A test that kills or pauses a server creates its own, such as {@link
 * io.velo.flink.testkit.server.PostgresServer#create()}. {@link
 * io.velo.flink.testkit.server.ServerMain} runs servers by hand. What starts them can start other
 * programs too: {@link io.velo.flink.testkit.server.PackageCache}, {@link
 * io.velo.flink.testkit.server.MavenJars}, {@link io.velo.flink.testkit.server.ClaimedPort}, {@link
 * io.velo.flink.testkit.server.JavaProgram} and {@link io.velo.flink.testkit.server.Leash}.
 *
 * <p>The servers' packages come from Maven and npm registries and from the host's own Debian
 * release, by the programs {@code mvn}, {@code npm} and {@code apt-get} with their own settings.
 * They are unpacked into a cache; nothing is installed.
 *
 * <p>System properties:
 *
 * <ul>
 *   <li>{@code velo.cache}, or the environment variable {@code VELO_CACHE}: the cache's folder,
 *       {@code ~/.cache/velo} unless set.
 *   <li>{@code velo.require}: {@code all} makes a server that cannot be had a failure instead of a
 *       skip.
 *   <li>{@code velo.servers}: {@code docker} runs the servers in containers. Without it this
 *       happens only where a server's package cannot be had and a Docker engine answers. Containers
 *       are not proved by any test yet.
 *   <li>{@code maven.repo.local}: handed on to {@code mvn}.
 * </ul>
 */
package io.velo.flink.testkit.server;
