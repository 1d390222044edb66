// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader has splits that it has not read to their end. After a failure that corrects what it
 * reported behind the checkpoint from which it was restored.
 *
 * @param splitIds their names
 */
record SplitsHeld(String[] splitIds) implements SourceEvent {}
