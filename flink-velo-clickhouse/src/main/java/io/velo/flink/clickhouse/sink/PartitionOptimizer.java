// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.common.metric.VeloMetrics;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one place of a job that runs OPTIMIZE. It hears from all writers of what is in the table, and
 * runs the statements in a thread of its own, so that neither rows nor checkpoints wait; only the
 * end of a bounded job does. For the task's thread.
 */
final class PartitionOptimizer extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<CommittableMessage<StagedBlock>, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private static final long CLOSE_MILLIS = 1_000;

    private final WritePlan plan;
    private final boolean checkpointing;
    private final long built = System.currentTimeMillis();
    private transient TouchedPartitions partitions;
    private transient ExecutorService worker;
    private transient Future<?> underWay;
    private transient long last;

    /**
     * An optimizer.
     *
     * @param checkpoints whether the job has some, unless it is a batch job
     */
    PartitionOptimizer(WritePlan plan, CheckpointConfig checkpoints) {
        this.plan = plan;
        this.checkpointing = checkpoints.isCheckpointingEnabled();
    }

    @Override
    public void open() throws Exception {
        super.open();
        SinkPlan table = plan.table();
        HttpTransport transport = new HttpTransport(table.target());
        OpenedTable opened = OpenedTable.inTask(table, transport);
        plan.optimize().check(table, opened.meta());
        VeloMetrics metrics = VeloMetrics.of(getMetricGroup(), ClickHouseSink.SCHEME);
        partitions =
                Patience.ask(
                        transport,
                        "Opening " + table.title(),
                        () ->
                                TouchedPartitions.since(
                                        this::secondsOfRows,
                                        table,
                                        plan.optimize(),
                                        opened.meta(),
                                        metrics));
        worker =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "velo-clickhouse-optimize");
                            thread.setDaemon(true);
                            return thread;
                        });
        last = System.nanoTime();
    }

    /**
     * How long the job may have had rows in the table. In a batch job this operator opens when all
     * are written, and it was built by the client before: too early by the difference of the clocks
     * or by the time that the job waited merges partitions that others wrote to.
     */
    private long secondsOfRows() {
        boolean restarted =
                getContainingTask().getEnvironment().getJobType() == JobType.STREAMING
                        && getRuntimeContext().getTaskInfo().getAttemptNumber() > 0;
        long millis = Math.max(0, System.currentTimeMillis() - built);
        return restarted ? 0 : (millis + 999) / 1_000;
    }

    /** One message of each writer comes with each checkpoint that is in the table. */
    @Override
    public void processElement(StreamRecord<CommittableMessage<StagedBlock>> message) {
        boolean summary = message.getValue() instanceof CommittableSummary;
        if (summary && isCheckpointed() && isDue()) {
            start(plan.optimize().interval() + " have passed");
        }
    }

    /**
     * The writers have flushed. Under exactly-once in a streaming job the blocks of the last
     * checkpoint are committed after this, when no message reaches this place any more.
     */
    @Override
    public void endInput() throws InterruptedException {
        finish("the job ends");
    }

    private boolean isCheckpointed() {
        return checkpointing
                && getContainingTask().getEnvironment().getJobType() == JobType.STREAMING;
    }

    private boolean isDue() {
        boolean idle = underWay == null || underWay.isDone();
        return idle && System.nanoTime() - last >= plan.optimize().interval().toNanos();
    }

    private void start(String reason) {
        last = System.nanoTime();
        underWay = worker.submit(() -> partitions.optimize(reason));
    }

    /** Waits behind what is under way; the interrupt of a cancelled task ends it. */
    private void finish(String reason) throws InterruptedException {
        start(reason);
        try {
            underWay.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    @Override
    public void close() throws Exception {
        if (worker != null) {
            worker.shutdownNow();
            worker.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        super.close();
    }
}
