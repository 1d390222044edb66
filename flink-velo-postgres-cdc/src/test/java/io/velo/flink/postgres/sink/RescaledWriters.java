// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;

/**
 * One execution of an exactly-once sink by Flink's own operators, whose checkpoints the caller
 * drives. All writers start before any committer, which is the hardest order: what writers remove
 * cannot have been committed. Not thread-safe.
 */
final class RescaledWriters implements AutoCloseable {

    private static final int MOST_SUBTASKS = 8;

    private final ExactlyOnceSink sink;
    private final JobID job;
    private final int parallelism;
    private final List<OneInputStreamOperatorTestHarness<RowData, CommittableMessage<StagedRows>>>
            writers = new ArrayList<>();
    private final List<
                    OneInputStreamOperatorTestHarness<
                            CommittableMessage<StagedRows>, CommittableMessage<StagedRows>>>
            committers = new ArrayList<>();

    /** The state of all subtasks. */
    record Checkpoint(
            long id,
            int parallelism,
            OperatorSubtaskState writers,
            OperatorSubtaskState committers) {

        private OperatorSubtaskState part(OperatorSubtaskState all, int subtasks, int subtask) {
            return OneInputStreamOperatorTestHarness.repartitionOperatorState(
                    all, MOST_SUBTASKS, parallelism, subtasks, subtask);
        }
    }

    private RescaledWriters(ExactlyOnceSink sink, JobID job, int parallelism) {
        this.sink = sink;
        this.job = job;
        this.parallelism = parallelism;
    }

    /** Starts the sink; from a checkpoint unless it is null. */
    static RescaledWriters start(
            ExactlyOnceSink sink, JobID job, int parallelism, Checkpoint restored)
            throws Exception {
        RescaledWriters run = new RescaledWriters(sink, job, parallelism);
        try {
            for (int i = 0; i < parallelism; i++) {
                run.writers.add(
                        run.open(
                                new SinkWriterOperatorFactory<>(sink),
                                i,
                                restored,
                                restored == null ? null : restored.writers()));
            }
            for (int i = 0; i < parallelism; i++) {
                run.committers.add(
                        run.open(
                                new CommitterOperatorFactory<>(sink, false, true),
                                i,
                                restored,
                                restored == null ? null : restored.committers()));
            }
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    private <T> OneInputStreamOperatorTestHarness<T, CommittableMessage<StagedRows>> open(
            OneInputStreamOperatorFactory<T, CommittableMessage<StagedRows>> factory,
            int subtask,
            Checkpoint restored,
            OperatorSubtaskState all)
            throws Exception {
        MockEnvironment environment =
                new MockEnvironmentBuilder()
                        .setJobID(job)
                        .setMaxParallelism(MOST_SUBTASKS)
                        .setParallelism(parallelism)
                        .setSubtaskIndex(subtask)
                        .build();
        var harness = new OneInputStreamOperatorTestHarness<>(factory, environment);
        harness.setup(
                CommittableMessageTypeInfo.of(sink::getCommittableSerializer)
                        .createSerializer(environment.getExecutionConfig().getSerializerConfig()));
        if (restored != null) {
            harness.setRestoredCheckpointId(restored.id());
            harness.initializeState(restored.part(all, parallelism, subtask));
        }
        harness.open();
        return harness;
    }

    /** Writes the numbers of a range, the subtasks in turn. */
    void write(long from, long to) throws Exception {
        for (long i = from; i < to; i++) {
            writers.get((int) (i % parallelism)).processElement(GenericRowData.of(i), i);
        }
    }

    /** Lets the rows wait as for a checkpoint of which nothing is kept. */
    void prepare(long checkpoint) throws Exception {
        for (var writer : writers) {
            writer.prepareSnapshotPreBarrier(checkpoint);
        }
    }

    /** Takes a checkpoint, which is not complete by that. */
    Checkpoint checkpoint(long id) throws Exception {
        prepare(id);
        OperatorSubtaskState[] written = new OperatorSubtaskState[parallelism];
        OperatorSubtaskState[] waiting = new OperatorSubtaskState[parallelism];
        for (int i = 0; i < parallelism; i++) {
            written[i] = writers.get(i).snapshot(id, id);
            for (CommittableMessage<StagedRows> message : writers.get(i).extractOutputValues()) {
                committers.get(i).processElement(new StreamRecord<>(message));
            }
            writers.get(i).getOutput().clear();
            waiting[i] = committers.get(i).snapshot(id, id);
        }
        return new Checkpoint(
                id,
                parallelism,
                OneInputStreamOperatorTestHarness.repackageState(written),
                OneInputStreamOperatorTestHarness.repackageState(waiting));
    }

    /** Tells one subtask that a checkpoint is complete, which commits. */
    void complete(int subtask, long checkpoint) throws Exception {
        writers.get(subtask).notifyOfCompletedCheckpoint(checkpoint);
        committers.get(subtask).notifyOfCompletedCheckpoint(checkpoint);
    }

    /** Tells all of them. */
    void complete(long checkpoint) throws Exception {
        for (int i = 0; i < parallelism; i++) {
            complete(i, checkpoint);
        }
    }

    @Override
    public void close() throws Exception {
        for (var committer : committers) {
            committer.close();
            committer.getEnvironment().close();
        }
        for (var writer : writers) {
            writer.close();
            writer.getEnvironment().close();
        }
    }
}
