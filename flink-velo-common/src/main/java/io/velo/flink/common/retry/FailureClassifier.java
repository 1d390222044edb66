// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

/** Says what a failure means. Must be thread-safe. */
@FunctionalInterface
public interface FailureClassifier {

    /**
     * The class of a failure.
     *
     * @param failure as the attempt threw it; of a future that failed, what it failed with
     */
    FailureClass classify(Throwable failure);
}
