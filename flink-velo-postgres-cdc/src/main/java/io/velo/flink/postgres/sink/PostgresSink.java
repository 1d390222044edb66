// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.failure.FailureHandler;
import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * Writes rows into a PostgreSQL table.
 *
 * <p>At least once: a checkpoint completes only after the server has committed every row before it.
 * With a primary key a row that is written again changes nothing, so the final state is that of
 * each row once.
 */
public final class PostgresSink implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private final WritePlan plan;

    /** A sink that follows this plan. */
    public PostgresSink(WritePlan plan) {
        this.plan = plan;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        return WriterParts.open(
                plan,
                context,
                parts -> {
                    FailureHandler failures = plan.failure().open(context, parts.metrics());
                    return new PostgresWriter(
                            parts.batches(plan, new OwnTransactions(plan.target())),
                            plan,
                            failures,
                            context,
                            parts.metrics());
                });
    }
}
