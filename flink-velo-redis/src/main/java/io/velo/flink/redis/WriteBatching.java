// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a writer sends what it has gathered, besides checkpoints and the end. Immutable, therefore
 * thread-safe.
 *
 * @param rows keys that are written together at the most
 * @param bytes about how many bytes are written together at the most
 * @param longestWait the longest time a row waits
 */
record WriteBatching(int rows, long bytes, Duration longestWait) implements Serializable {}
