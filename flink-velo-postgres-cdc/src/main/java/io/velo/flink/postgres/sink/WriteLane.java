// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.sink;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread that talks with the server, one piece of work after the other. Its owner waits for
 * results and can be interrupted meanwhile, which a thread that reads from a socket cannot. For one
 * owner.
 */
final class WriteLane implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 500;
    private static final long GRACE_SECONDS = 1;
    private static final long FORCE_SECONDS = 5;

    private final WriteConnection connection;
    private final ExecutorService thread;

    /** Whether the owner was interrupted while it waited; it never waits again. */
    private boolean interrupted;

    /**
     * A lane.
     *
     * @param name of the thread
     * @param connection which only the work uses
     */
    WriteLane(String name, WriteConnection connection) {
        this.connection = connection;
        this.thread =
                Executors.newSingleThreadExecutor(
                        work -> {
                            Thread made = new Thread(work, name);
                            made.setDaemon(true);
                            return made;
                        });
    }

    /** Lets work be done after all that was given before. */
    <T> Future<T> submit(Callable<T> work) {
        return thread.submit(work);
    }

    /**
     * Waits for work to be done.
     *
     * @throws RuntimeException or IOException what the work failed with
     * @throws InterruptedException at once when the owner is interrupted or has been before
     */
    <T> T await(Future<T> work) throws IOException, InterruptedException {
        // A task that is cancelled in the middle of a checkpoint swallows the exception, brings one
        // more row and is interrupted again only after 30 s.
        if (interrupted) {
            throw new InterruptedException();
        }
        while (true) {
            try {
                return work.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // A driver that is stuck in sending has no time limit of its own.
                connection.abortIfSilent();
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                interrupted = true;
                throw e;
            }
        }
    }

    private static IOException failure(Throwable reason) {
        if (reason instanceof RuntimeException failure) {
            throw failure;
        }
        if (reason instanceof Error error) {
            throw error;
        }
        return reason instanceof IOException failure ? failure : new IOException(reason);
    }

    /** Does the work at once and waits for it. */
    <T> T call(Callable<T> work) throws IOException, InterruptedException {
        return await(submit(work));
    }

    /** Ends the connection and the thread, by force if the server does not answer. */
    @Override
    public void close() {
        // Who cancels a task interrupts it, and the end of the thread is still to be awaited.
        boolean restore = Thread.interrupted();
        try {
            if (!thread.isShutdown()) {
                thread.submit(connection::close);
                thread.shutdown();
            }
            if (!thread.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                force();
            }
        } catch (InterruptedException e) {
            restore = true;
            force();
        } finally {
            if (restore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void force() {
        thread.shutdownNow();
        connection.abort();
        try {
            thread.awaitTermination(FORCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
