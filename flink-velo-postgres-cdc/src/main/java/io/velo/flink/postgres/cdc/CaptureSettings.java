// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import io.velo.flink.postgres.cdc.row.RowLayout;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectSettings;
import java.io.Serializable;

/**
 * Everything about one capture. Immutable, therefore thread-safe; travels to the workers.
 *
 * @param database the database
 * @param tables what is captured
 * @param layout the rows that come out
 * @param startup where it begins
 * @param snapshot how existing rows are read
 * @param slot the slot and publication
 * @param rules what changes become
 * @param backoff how a lost connection is opened again
 */
public record CaptureSettings(
        ConnectSettings database,
        CapturedTables tables,
        RowLayout layout,
        Startup startup,
        SnapshotSettings snapshot,
        SlotSettings slot,
        ChangeRules rules,
        Backoff backoff)
        implements Serializable {

    /** Whether rows that are there already are read. */
    public boolean readsSnapshot() {
        return startup == Startup.INITIAL || startup == Startup.SNAPSHOT;
    }

    /** Whether changes are read. */
    public boolean readsChanges() {
        return startup != Startup.SNAPSHOT;
    }
}
