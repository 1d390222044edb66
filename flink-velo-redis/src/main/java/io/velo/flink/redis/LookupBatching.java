// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.retry.RetryPlan;
import java.io.Serializable;
import java.time.Duration;

/**
 * How lookups of one join go out together. Immutable, therefore thread-safe.
 *
 * @param size keys per request at the most
 * @param longestWait the longest time a key waits for others
 * @param connections connections in one TaskManager at the most
 * @param retry how often a request is tried again
 */
record LookupBatching(int size, Duration longestWait, int connections, RetryPlan retry)
        implements Serializable {}
