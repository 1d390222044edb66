// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

/** What happens when dead letters cannot be written. */
public enum DeadLetterFailure {
    /** The job fails, so that no row is lost. */
    FAIL,
    /** The rows are left out, logged and counted. */
    LOG
}
