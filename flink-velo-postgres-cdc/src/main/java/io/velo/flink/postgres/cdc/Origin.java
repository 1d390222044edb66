// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** Which changes are read, by where they were made. */
public enum Origin {
    /** All. */
    ANY,
    /** Those that were made on this server, not those replicated to it. */
    NONE
}
