// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has read ranges to their end. It repeats that after a failure until the enumerator says
 * that a completed checkpoint holds it.
 *
 * @param version the version of the serializer
 * @param splits the ranges, serialized
 */
record RangesRead(int version, byte[][] splits) implements SourceEvent {}
