// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.connect;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.VeloException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Tells Flink not to restart a job whose next attempt would fail in the same way: wrong login,
 * missing table, a value that does not fit. Stateless, therefore thread-safe.
 */
public final class PermanentFailure {

    /** What can be gone the next time. */
    private static final Set<ErrorCode> PASSING =
            EnumSet.of(
                    ErrorCode.IO_UNREACHABLE,
                    ErrorCode.IO_TIMEOUT,
                    ErrorCode.IO_SERVER,
                    ErrorCode.IO_PROTOCOL);

    private PermanentFailure() {}

    /** The failure of a statement or connection: it can pass if its reason can. */
    public static RuntimeException of(VeloException failure, SQLException reason) {
        return Fault.of(reason).isTransient() ? failure : new SuppressRestartsException(failure);
    }

    /** The failure itself if it can pass, otherwise one that ends the job for good. */
    public static RuntimeException orPassing(VeloException failure) {
        boolean passing =
                failure.problems().stream().allMatch(problem -> PASSING.contains(problem.code()));
        return passing ? failure : new SuppressRestartsException(failure);
    }
}
