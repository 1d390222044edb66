// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.io.Serializable;

/**
 * How much of a table one split reads, about.
 *
 * @param rows rows, at least one
 * @param bytes bytes on the server's disk
 */
record SplitSize(long rows, long bytes) implements Serializable {}
