// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.Retry;
import io.velo.flink.common.retry.RetryListener;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.postgres.connect.PermanentFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/**
 * Work with the server that is tried again as long as its failures pass, on a new connection if it
 * is lost. For the lane's thread.
 */
final class ServerWork {

    /**
     * One attempt.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Attempt<T> {
        /**
         * Does the work on the connection's session.
         *
         * @param number of the attempt, from 1
         */
        T run(int number) throws SQLException;
    }

    private final WriteConnection connection;
    private final WriteTarget target;
    private final Retry retry;

    ServerWork(
            WriteConnection connection,
            WriteTarget target,
            RetryPlan plan,
            RetryListener listener) {
        this.connection = connection;
        this.target = target;
        this.retry = Retry.of(plan, WriteFailure::classify).telling(listener);
    }

    /** The work as the lane takes it. */
    <T> Callable<T> repeated(Attempt<T> attempt) {
        return () -> run(attempt);
    }

    private <T> T run(Attempt<T> attempt) throws IOException, InterruptedException {
        boolean[] connected = {false};
        try {
            return retry.call(
                    budget -> {
                        connected[0] = false;
                        try {
                            connection.session();
                            connected[0] = true;
                            return attempt.run(budget.attempt());
                        } catch (SQLException e) {
                            connection.recover(e);
                            throw e;
                        }
                    });
        } catch (SQLException e) {
            throw WriteFailure.of(e, target, connected[0]);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
