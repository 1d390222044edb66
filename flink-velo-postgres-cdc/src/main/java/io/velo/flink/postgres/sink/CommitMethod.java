// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

/** How rows become visible together with a checkpoint. */
public enum CommitMethod {
    /** They wait in a table of their own and are moved by one transaction. */
    STAGING,
    /** They wait in a prepared transaction. */
    PREPARED
}
