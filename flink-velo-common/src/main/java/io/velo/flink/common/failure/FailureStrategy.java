// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import io.velo.flink.common.option.ValueKind;
import java.util.Locale;

/** What becomes of a row that cannot be read or written. */
public enum FailureStrategy {
    /** The task fails, and with it everything since the last checkpoint is done again. */
    FAIL,
    /** The row is left out and counted; a few are logged, without their data. */
    LOG_AND_CONTINUE,
    /** The row goes to the table of dlq.uri. */
    SEND_TO_DLQ,
    /** The row is tried again if that can help; then retry.on-exhausted decides. */
    RETRY_WITH_BACKOFF;

    /** The names of options, with those of the specification. */
    static final ValueKind<FailureStrategy> KIND =
            ValueKind.of(
                    FailureStrategy.class,
                    "one of fail (FailBatch), log-and-continue, send-to-dlq, retry-with-backoff",
                    FailureStrategy::parse);

    private static FailureStrategy parse(String text) {
        return switch (text.trim().replace("-", "").replace("_", "").toLowerCase(Locale.ROOT)) {
            case "fail", "failbatch" -> FAIL;
            case "logandcontinue" -> LOG_AND_CONTINUE;
            case "sendtodlq" -> SEND_TO_DLQ;
            case "retrywithbackoff" -> RETRY_WITH_BACKOFF;
            default -> throw new IllegalArgumentException();
        };
    }
}
