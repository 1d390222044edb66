// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.lookup.BatchingLookup;
import io.velo.flink.common.lookup.KeyColumns;
import io.velo.flink.common.lookup.KeyValues;
import io.velo.flink.common.lookup.LookupSettings;
import io.velo.flink.common.lookup.OnMiss;
import io.velo.flink.common.lookup.OnOpen;
import io.velo.flink.common.retry.BreakerPlan;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.retry.RetryStrategy;
import io.velo.flink.postgres.codec.SpecialValues;
import io.velo.flink.postgres.connect.ConnectSettings;
import io.velo.flink.postgres.sql.Relation;
import io.velo.flink.postgres.sql.TableName;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.logical.RowType;

/** Lookups by the first column of a table, without a job around them. */
public final class Lookups {

    private Lookups() {}

    /** An open lookup with quick retries, to be closed. */
    public static BatchingLookup<KeyValues> open(
            ConnectSettings settings, String table, RowType row, int attempts) throws Exception {
        RetryPlan retry =
                new RetryPlan(
                        RetryStrategy.FIXED,
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        1,
                        Duration.ZERO,
                        0,
                        attempts,
                        Duration.ofSeconds(60));
        TableLookup lookup =
                new TableLookup(
                        table,
                        Relation.of(TableName.of("public", table)),
                        row,
                        "",
                        new KeyColumns(row, new int[][] {{0}}, table),
                        SpecialValues.FAIL);
        BatchingLookup<KeyValues> function =
                new BatchingLookup<>(
                        new PostgresLookupTable(lookup, List.of(settings)),
                        new LookupSettings(
                                100,
                                Duration.ofMillis(2),
                                100,
                                2,
                                retry,
                                BreakerPlan.HOUSE,
                                OnMiss.EMPTY,
                                OnOpen.FAIL,
                                null));
        function.open(new FunctionContext(null));
        return function;
    }
}
