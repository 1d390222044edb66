// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import org.apache.flink.api.connector.source.SourceSplit;

/** What a reader of a capture reads: a range of a table, or the changes of a slot. */
public interface CaptureSplit extends SourceSplit {}
