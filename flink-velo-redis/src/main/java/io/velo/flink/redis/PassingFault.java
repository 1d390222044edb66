// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.FailureClass;

/** A failure that passes by itself; what it holds is told when it did not pass in time. */
final class PassingFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final VeloException problem;

    PassingFault(VeloException problem) {
        super(problem.getMessage(), problem, false, false);
        this.problem = problem;
    }

    /** What to tell. */
    VeloException problem() {
        return problem;
    }

    /** The class of a failure of a session: only this one passes. */
    static FailureClass classify(Throwable failure) {
        return failure instanceof PassingFault ? FailureClass.TRANSIENT : FailureClass.PERMANENT;
    }
}
