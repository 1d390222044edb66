// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** What happens when the slot holds back more of the log than allowed. */
public enum WalExceeded {
    /** A line in the log. */
    WARN,
    /** The job fails. */
    FAIL
}
