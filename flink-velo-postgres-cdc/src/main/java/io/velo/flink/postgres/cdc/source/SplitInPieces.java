// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

/**
 * Stands for a split that was sent in pieces before. Immutable, therefore thread-safe.
 *
 * @param splitId the name of that split
 */
record SplitInPieces(String splitId) implements CaptureSplit {}
