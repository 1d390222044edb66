// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A piece of a split that is too large for one message between coordinator and reader, in either
 * direction.
 *
 * @param number the number of the piece, from 0
 * @param of how many pieces there are
 * @param version the version of the serializer
 * @param bytes the piece of the serialized split
 */
record SplitPiece(int number, int of, int version, byte[] bytes) implements SourceEvent {}
