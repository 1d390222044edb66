// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * One request and what is read of its answer, cut off after a time, by an interrupt or by {@link
 * #cancel()}. One thread runs it, any thread may cancel it.
 */
final class Exchange {

    /**
     * Takes an answer.
     *
     * @param <T> what becomes of it
     */
    @FunctionalInterface
    interface Reading<T> {
        /** What counts of the answer, or the failure that it tells of. */
        T read(Response response) throws IOException;
    }

    private enum End {
        NONE,
        LATE,
        CANCELLED
    }

    /** A connection is opened in at most three steps: to the host or proxy, through it, and TLS. */
    private static final int STEPS = 3;

    private final ClientThreads threads;
    private final Connections connections;
    private Connection connection;
    private End end = End.NONE;

    Exchange(ClientThreads threads, Connections connections) {
        this.threads = threads;
        this.connections = connections;
    }

    /**
     * Sends the request and reads the answer, or as much of it as the reading takes.
     *
     * @param patience for the connection
     * @param time from the first byte of the request until the reading is done, and the longest
     *     silence after that
     */
    <T> T run(
            Endpoint endpoint,
            Request request,
            Duration patience,
            Duration time,
            Reading<T> reading)
            throws IOException {
        Connection used = connections.take(endpoint);
        boolean isNew = used == null;
        if (isNew) {
            used = connections.create(endpoint);
        }
        Future<?> alarm = null;
        boolean done = false;
        try {
            attach(used);
            if (isNew) {
                alarm = threads.after(patience.multipliedBy(STEPS), () -> stop(End.LATE));
                used.open(patience);
                alarm.cancel(false);
            }
            alarm = threads.after(time, () -> stop(End.LATE));
            used.silence(time);
            T result = reading.read(response(used, request));
            detach();
            done = true;
            return result;
        } catch (IOException | RuntimeException failure) {
            throw failed(used, failure);
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
            if (!done) {
                abandon();
            }
        }
    }

    private Response response(Connection used, Request request) throws IOException {
        boolean sent = used.send(request);
        ResponseHead head = ResponseHead.read(used.input());
        if (!sent && head.status() == 200) {
            throw new IOException("The server answered before it had the whole request.");
        }
        Duration kept = sent ? head.kept() : Duration.ZERO;
        ResponseBody body = new ResponseBody(used, head, () -> release(used, kept));
        return new Response(used.endpoint(), head, body);
    }

    private RuntimeException failed(Connection used, Exception failure) throws IOException {
        End how = abandon();
        if (failure instanceof ServerFailure said) {
            throw said;
        }
        if (how == End.LATE) {
            throw new HttpTimeoutException("The server did not answer in time.");
        }
        if (how == End.CANCELLED) {
            throw new IOException("The request was cancelled.");
        }
        if (failure instanceof IOException broken) {
            throw used.explained(broken);
        }
        return (RuntimeException) failure;
    }

    /** Ends the request if it runs, and the next one of this exchange before it begins. */
    void cancel() {
        stop(End.CANCELLED);
    }

    private synchronized void stop(End how) {
        end = end == End.NONE ? how : end;
        if (connection != null) {
            connection.abort();
        }
    }

    private synchronized void attach(Connection used) throws IOException {
        connection = used;
        if (end != End.NONE) {
            throw new IOException("The request was ended.");
        }
    }

    /** The answer is somebody else's from now on, if nobody stopped it before. */
    private synchronized void detach() throws IOException {
        if (connection != null && end != End.NONE) {
            throw new IOException("The request was ended.");
        }
        connection = null;
    }

    private synchronized End abandon() {
        if (connection != null) {
            connection.abort();
            connection = null;
        }
        return end;
    }

    /** The answer was read to its end. */
    private void release(Connection used, Duration kept) {
        synchronized (this) {
            connection = null;
        }
        connections.keep(used, kept);
    }
}
