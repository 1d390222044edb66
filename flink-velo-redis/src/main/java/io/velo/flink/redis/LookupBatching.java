// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.Serializable;
import java.time.Duration;

/**
 * How lookups of one join go out together. Immutable, therefore thread-safe.
 *
 * @param size keys per request at the most
 * @param longestWait the longest time a key waits for others
 * @param connections connections in one TaskManager at the most
 */
record LookupBatching(int size, Duration longestWait, int connections) implements Serializable {}
