// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The one place of a job that puts a filled table in the place of another, once all writers have
 * ended. It may do so again when it is started again. For the task's thread.
 */
final class TableExchange extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<CommittableMessage<StagedBlock>, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private final OverwriteTable overwritten;

    TableExchange(OverwriteTable overwritten) {
        this.overwritten = overwritten;
    }

    /** Says only that a writer has ended; the end of all comes behind it. */
    @Override
    public void processElement(StreamRecord<CommittableMessage<StagedBlock>> ended) {}

    @Override
    public void endInput() throws InterruptedException {
        overwritten.takeName();
    }
}
