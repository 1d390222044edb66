// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.time.Duration;

/** Hears of every further attempt before its pause, for metrics and logs. */
@FunctionalInterface
public interface RetryListener {

    /** Hears nothing. */
    RetryListener SILENT = (type, attempt, pause, failure) -> {};

    /**
     * An attempt failed and another one follows.
     *
     * @param type the class of the failure
     * @param attempt the number of the attempt that failed, from 1
     * @param pause until the next one
     */
    void retrying(FailureClass type, int attempt, Duration pause, Throwable failure);
}
