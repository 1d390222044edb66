// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A completed checkpoint of the enumerator holds that these ranges were read.
 *
 * @param splitIds their names
 */
record RangesKnown(String[] splitIds) implements SourceEvent {}
