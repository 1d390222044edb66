// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.replication.CapturePlace;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has found the slot lost, and everything is to be read again.
 *
 * @param place the slot, as the reader knows it
 * @param reason what happened
 */
record SlotGone(CapturePlace place, String reason) implements SourceEvent {}
