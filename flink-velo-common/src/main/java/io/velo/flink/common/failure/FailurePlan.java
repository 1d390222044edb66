// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.metric.VeloMetrics;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.SourceReaderContext;

/** What happens to rows that cannot be read or written, as it travels to the workers. Immutable. */
public final class FailurePlan implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowFate fate;
    private final boolean retriesRows;
    private final DeadLetterOrigin origin;
    private final DeadLetterPlan deadLetters;

    FailurePlan(
            RowFate fate,
            boolean retriesRows,
            DeadLetterOrigin origin,
            DeadLetterPlan deadLetters) {
        this.fate = fate;
        this.retriesRows = retriesRows;
        this.origin = origin;
        this.deadLetters = deadLetters;
    }

    /** What finally happens to a bad row. */
    public RowFate fate() {
        return fate;
    }

    /**
     * Whether a bad row leaves the task alive, so that a sink must be able to give it back. Under
     * {@link RowFate#FAIL} it need not keep rows that it has encoded.
     */
    public boolean survives() {
        return fate != RowFate.FAIL;
    }

    /**
     * Whether a row that the target rejects for a passing reason meets the same fate once trying
     * again is over. Otherwise such a failure fails the task, whatever the fate.
     */
    public boolean retriesRows() {
        return retriesRows;
    }

    /**
     * The handler for a writer.
     *
     * @param metrics the scheme's
     * @throws IOException if the sink of dead letters cannot be opened
     */
    public FailureHandler open(WriterInitContext context, VeloMetrics metrics) throws IOException {
        return new FailureHandler(
                this,
                context.metricGroup().getNumRecordsSendErrorsCounter(),
                metrics,
                HostedContext.job(context.metricGroup()),
                () -> HostedContext.of(context, metrics, deadLetters.type()));
    }

    /**
     * The handler for a source reader, to be used by the task's thread.
     *
     * @param metrics the scheme's
     * @throws IOException if the sink of dead letters cannot be opened
     */
    public FailureHandler open(SourceReaderContext context, VeloMetrics metrics)
            throws IOException {
        return new FailureHandler(
                this,
                context.metricGroup().getNumRecordsInErrorsCounter(),
                metrics,
                HostedContext.job(context.metricGroup()),
                () -> HostedContext.of(context, metrics, deadLetters.type()));
    }

    DeadLetterOrigin origin() {
        return origin;
    }

    DeadLetterPlan deadLetters() {
        return deadLetters;
    }
}
