// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.replication;

/**
 * A place in a server's log. A standby that becomes the primary begins a new timeline: from there
 * on the same position means something else. Immutable, therefore thread-safe.
 *
 * @param timeline the timeline
 * @param lsn the position
 */
public record LogPoint(int timeline, long lsn) {}
