// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.CapturedTables;
import io.velo.flink.postgres.cdc.ChangeRules;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.OnSchemaChange;
import io.velo.flink.postgres.cdc.OnTruncate;
import io.velo.flink.postgres.cdc.Origin;
import io.velo.flink.postgres.cdc.SlotSettings;
import io.velo.flink.postgres.cdc.SnapshotSettings;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.WalExceeded;
import io.velo.flink.postgres.cdc.WireFormat;
import io.velo.flink.postgres.cdc.row.RowLayout;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.Backoff;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.sql.TableName;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A capture of a table whose one column is its key, an integer, by ranges of two rows. */
final class CapturedIntegers {

    private CapturedIntegers() {}

    /** A lost slot is made anew. */
    static CaptureSettings of(ConnectSettings database, TableName table, Startup startup) {
        return new CaptureSettings(
                database,
                CapturedTables.of(table),
                new RowLayout(
                        RowType.of(new LogicalType[] {new IntType(false)}, new String[] {"id"}),
                        List.of(),
                        List.of("id"),
                        false,
                        false),
                startup,
                new SnapshotSettings(
                        Splitting.Strategy.KEY, Splitting.Consistency.CHUNK, 1 << 20, 2),
                new SlotSettings(
                        "velo_" + database.database().name(),
                        true,
                        "velo_" + database.database().name(),
                        false,
                        Duration.ofMinutes(2),
                        1,
                        0,
                        WalExceeded.WARN,
                        OnLostSlot.RESNAPSHOT,
                        Duration.ZERO),
                new ChangeRules(
                        ChangelogForm.UPSERT,
                        UnchangedToast.FAIL,
                        OnTruncate.FAIL,
                        OnSchemaChange.FAIL,
                        SpecialValues.FAIL,
                        WireFormat.AUTO,
                        Origin.ANY,
                        false),
                Backoff.DEFAULT);
    }
}
