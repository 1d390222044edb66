// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

/**
 * A block that the server rejects, whose rows were kept.
 *
 * @param block the block
 * @param token the token under which it was sent
 * @param failure why it was rejected
 * @param rowByRow whether single rows are to blame; else the whole block shares the fate
 */
record RejectedBlock(RowBlock block, String token, Throwable failure, boolean rowByRow) {}
