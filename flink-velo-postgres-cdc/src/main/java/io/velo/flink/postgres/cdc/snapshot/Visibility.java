// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import io.velo.flink.postgres.cdc.replication.ServerSnapshot;

/**
 * What a part of a snapshot shows. Immutable, therefore thread-safe.
 *
 * @param snapshot the transactions it shows
 * @param horizon a position of the log behind every commit that it shows
 * @param timeline the timeline of that position
 */
public record Visibility(ServerSnapshot snapshot, long horizon, int timeline) {}
