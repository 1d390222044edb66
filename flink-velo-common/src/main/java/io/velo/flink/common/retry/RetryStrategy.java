// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

/** How the pauses between attempts grow. */
public enum RetryStrategy {
    /** There is one attempt. */
    NONE,
    /** Every pause is as long as the first. */
    FIXED,
    /** Every pause is longer than the one before by the same time. */
    LINEAR,
    /** Every pause is longer than the one before by the same factor. */
    EXPONENTIAL
}
