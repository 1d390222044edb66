// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.metric.VeloMetrics;
import io.velo.flink.common.retry.RetryMetrics;
import io.velo.flink.postgres.connect.PostgresSession;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * What a writer consists of, opened: the connection, its thread, the description of the table.
 *
 * @param connection to the server
 * @param lane the thread that uses it
 * @param work tries again
 * @param table as the server describes it
 * @param metrics of the writer
 */
record WriterParts(
        WriteConnection connection,
        WriteLane lane,
        ServerWork work,
        TargetTable table,
        VeloMetrics metrics) {

    /** Makes a writer of the parts. */
    @FunctionalInterface
    interface Assembly<W> {
        /** Opens what is still to be opened. */
        W assemble(WriterParts parts) throws IOException, InterruptedException;
    }

    /**
     * Opens the parts and makes a writer of them; closes them if that fails.
     *
     * @throws RuntimeException what is wrong with server, login or table
     */
    static <W> W open(WritePlan plan, WriterInitContext context, Assembly<W> assembly)
            throws IOException {
        VeloMetrics metrics = VeloMetrics.of(context.metricGroup(), "postgresql");
        WriteTarget target = plan.target();
        WriteConnection connection = new WriteConnection(target.settings());
        WriteLane lane = new WriteLane("velo-postgres-writer", connection);
        ServerWork work =
                new ServerWork(
                        connection,
                        target,
                        plan.retry(),
                        new RetryMetrics(metrics, "A write to " + target.name()));
        try {
            TargetTable table =
                    lane.call(work.repeated(attempt -> described(connection.session(), target)));
            return assembly.assemble(new WriterParts(connection, lane, work, table, metrics));
        } catch (InterruptedException e) {
            lane.close();
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while it connected to PostgreSQL.", e);
        } catch (IOException | RuntimeException e) {
            lane.close();
            throw e;
        }
    }

    private static TargetTable described(PostgresSession session, WriteTarget target)
            throws SQLException {
        if (target.autoCreate()) {
            NewTable.make(session, target);
        }
        TargetTable table = new TargetReader(session, target).read();
        session.connection().commit();
        return table;
    }

    /** The way of the batches into a scope. */
    BatchLane batches(WritePlan plan, BatchScope scope) {
        boolean survives = plan.failure().survives();
        BatchTransaction transaction =
                new BatchTransaction(connection, plan.target(), table, scope, survives);
        return new BatchLane(lane, work, plan.target(), table, transaction, survives);
    }
}
