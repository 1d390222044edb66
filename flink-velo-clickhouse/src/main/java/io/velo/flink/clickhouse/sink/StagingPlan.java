// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import java.io.Serializable;

/**
 * Where sealed blocks wait for their checkpoint and what happens if it comes late. Immutable.
 *
 * @param folder a folder of a Flink file system, or empty for Flink's state
 * @param resendExpired whether a block goes out again though the table may have forgotten it
 */
record StagingPlan(String folder, boolean resendExpired) implements Serializable {}
