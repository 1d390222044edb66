// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Repeats what a job does when it opens while the server cannot be reached for the moment. */
public final class Patience {

    /**
     * Something that asks the server.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    public interface Question<T> {
        /** The answer, or the server's failure. */
        T ask() throws IOException;
    }

    private Patience() {}

    /**
     * The answer, after as many attempts as {@link RetryPolicy#FOR_OPENING} allows.
     *
     * @param what what is tried, for the message
     * @throws VeloException with the last failure
     * @throws InterruptedException if the thread is asked to stop while it waits
     */
    public static <T> T ask(HttpTransport transport, String what, Question<T> question)
            throws InterruptedException {
        long started = System.nanoTime();
        for (int failed = 1; ; failed++) {
            try {
                return question.ask();
            } catch (VeloException | IOException failure) {
                if (failure instanceof InterruptedIOException) {
                    throw new InterruptedException();
                }
                long delay = RetryPolicy.FOR_OPENING.delay(reason(failure), failed, started);
                if (delay < 0) {
                    throw Explanation.of(
                            failure, what, transport.host(), transport.target().place());
                }
                Thread.sleep(delay);
            }
        }
    }

    /** An exception made for the user keeps the endpoint's failure beside it. */
    private static Throwable reason(Exception failure) {
        return failure instanceof VeloException told ? told.reason().orElse(failure) : failure;
    }
}
