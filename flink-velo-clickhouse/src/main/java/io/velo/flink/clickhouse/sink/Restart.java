// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Writers whose work must not be done twice. Stateless, therefore thread-safe. */
final class Restart {

    private Restart() {}

    /** Whether a writer is started again. */
    static boolean isOne(WriterInitContext context) {
        return context.getTaskInfo().getAttemptNumber() > 0;
    }

    /**
     * Ends the job of a writer that is started again.
     *
     * @param sentence why
     * @param remedy what to do then
     */
    static void refuse(WriterInitContext context, SinkPlan plan, String sentence, String remedy) {
        if (isOne(context)) {
            throw new SuppressRestartsException(
                    Problem.of(ErrorCode.IO_NOT_RESUMABLE, sentence)
                            .at(plan.target().place())
                            .remedy(remedy)
                            .toException());
        }
    }
}
