// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Debezium as a second opinion and as a peer: its embedded engine in a JVM of its own, which reads
 * the change stream of a PostgreSQL database. {@link io.velo.flink.testkit.debezium.Debezium} is
 * the way in.
 */
package io.velo.flink.testkit.debezium;
