// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.scan;

/**
 * A moment of a database that several connections can look at, as long as the one that exported it
 * is open. Immutable, therefore thread-safe.
 *
 * @param id its name on the server
 * @param host the server, with its port
 */
public record Snapshot(String id, String host) {}
