// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.common.batch.RowRate;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.failure.BadRow;
import io.velo.flink.common.failure.FailureHandler;
import io.velo.flink.common.failure.RowJson;
import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.MailboxWaiting;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * Takes the rows of a writer into its open block, at the agreed rate; a row that no block can hold
 * goes to the failure strategy. For the task's thread only.
 */
final class RowIntake {

    private final OpenBlock block;
    private final RowRate rate;
    private final FailureHandler failures;
    private final RowJson json;
    private final boolean retracts;
    private final boolean deletes;

    RowIntake(
            WritePlan plan,
            OpenedTable table,
            WriterShare share,
            WriterInitContext context,
            boolean keepsRows) {
        SortedRows sorting = plan.sorted() ? table.sorting() : null;
        boolean copies = (keepsRows || plan.sorted()) && context.isObjectReuseEnabled();
        TypeSerializer<RowData> copier = copies ? context.createInputSerializer() : null;
        this.block = new OpenBlock(table, keepsRows, sorting, copier);
        this.rate = share.rate();
        this.failures = share.failures();
        this.retracts = table.upserts().retracts();
        this.deletes = table.upserts().deletes() == Upserts.Deletes.ROWS;
        this.json = new RowJson(plan.table().rowType());
    }

    /** What holds the rows of a subtask back. */
    static RowRate rate(WritePlan plan, WriterInitContext context, VeloMetrics metrics) {
        return RowRate.of(
                plan.rowsPerSecond(),
                context.getTaskInfo().getNumberOfParallelSubtasks(),
                new MailboxWaiting(context.getMailboxExecutor()),
                metrics);
    }

    /** The block that takes rows. */
    OpenBlock block() {
        return block;
    }

    /** Takes a row; false if it is none of the block's. */
    boolean take(RowData row) throws IOException, InterruptedException {
        RowKind kind = row.getRowKind();
        if (kind == RowKind.UPDATE_BEFORE && !retracts || kind == RowKind.DELETE && !deletes) {
            return false;
        }
        rate.awaitRow();
        try {
            block.append(row);
            return true;
        } catch (VeloException refused) {
            failures.handle(described(BadRow.unencodable(refused, json.bytes(row)), row));
            return false;
        }
    }

    /** Takes note of a row that the server rejects. */
    void rejected(RowData row, VeloException reason) throws IOException, InterruptedException {
        failures.handle(described(BadRow.rejected(reason, json.bytes(row)), row));
    }

    /** Takes note of a row that the server could not take after all attempts. */
    void exhausted(RowData row, VeloException reason, int attempts)
            throws IOException, InterruptedException {
        BadRow bad =
                BadRow.rejected(reason, json.bytes(row)).after(attempts, BadRow.Category.TRANSIENT);
        failures.handle(described(bad, row));
    }

    private static BadRow described(BadRow bad, RowData row) {
        return bad.header("row-kind", row.getRowKind().shortString());
    }
}
