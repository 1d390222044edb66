// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

/**
 * What a writer has to know after a restart.
 *
 * @param writer its name, which it keeps
 * @param nextEpoch what it has staged from this number on belongs to no checkpoint
 */
record WriterPosition(String writer, long nextEpoch) {}
