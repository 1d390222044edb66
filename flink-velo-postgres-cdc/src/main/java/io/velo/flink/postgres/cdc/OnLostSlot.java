// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

/** What happens when the slot does not have the changes behind what was read any more. */
public enum OnLostSlot {
    /** The job fails for good. */
    FAIL,
    /** A new slot is made and all tables are read again. */
    RESNAPSHOT
}
