// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.Retry;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.retry.RetryStrategy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

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

    private static final Duration MOST = Duration.ofSeconds(30);

    private Patience() {}

    private static RetryPlan within(Duration time) {
        return new RetryPlan(
                RetryStrategy.EXPONENTIAL,
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                2.0,
                Duration.ZERO,
                0.5,
                Integer.MAX_VALUE,
                time);
    }

    /**
     * The answer, after as many attempts as 30 seconds allow.
     *
     * @param what what is tried, for the message
     * @throws VeloException with the last failure
     * @throws InterruptedException if the thread is asked to stop while it waits
     */
    public static <T> T ask(HttpTransport transport, String what, Question<T> question)
            throws InterruptedException {
        return ask(MOST, transport, what, question);
    }

    /**
     * As {@link #ask}, in the thread of a task that starts.
     *
     * @throws IOException if the task is cancelled meanwhile
     */
    public static <T> T inTask(HttpTransport transport, String what, Question<T> question)
            throws IOException {
        try {
            return ask(transport, what, question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled: " + what, e);
        }
    }

    /** As {@link #ask(HttpTransport, String, Question)}, in another time; once at least. */
    public static <T> T ask(
            Duration time, HttpTransport transport, String what, Question<T> question)
            throws InterruptedException {
        try {
            return Retry.of(within(time), Explanation::classify).call(budget -> question.ask());
        } catch (InterruptedIOException stopped) {
            throw new InterruptedException();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) {
            throw Explanation.of(failure, what, transport.host(), transport.target().place());
        }
    }
}
