// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

/**
 * A range of a table that was read, and what it shows. Immutable, therefore thread-safe.
 *
 * @param range the range of keys
 * @param visibility what its rows show
 */
public record ReadPart(Range range, Visibility visibility) {}
