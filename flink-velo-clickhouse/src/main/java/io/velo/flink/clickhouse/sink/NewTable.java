// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.common.scheme.TableRequest;

/** A table that a catalog creates, by the same rules as one that a sink creates. */
public final class NewTable {

    private NewTable() {}

    /**
     * The statement that creates it.
     *
     * @throws io.velo.flink.common.error.VeloException if a column has no ClickHouse type
     */
    public static String statement(TableRequest request, ClickHouseTarget target, String table) {
        SinkPlan plan = SinkRequest.of(request, target, table).plan(SinkPlan.Changes.INSERTS);
        return new CreateTable(plan).strictStatement();
    }
}
