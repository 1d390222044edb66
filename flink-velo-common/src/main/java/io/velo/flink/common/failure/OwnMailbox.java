// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A mailbox whose letters are run when its owner looks, in its thread. Letters may come from any
 * thread.
 *
 * <p>A writer of dead letters has one of its own: in the task's mailbox its waiting would run the
 * failing sink's work, which may write dead letters again.
 */
final class OwnMailbox implements MailboxExecutor {

    private static final long LONGEST_LOOK_MILLIS = 1000;

    private final LinkedBlockingQueue<ThrowingRunnable<? extends Exception>> letters =
            new LinkedBlockingQueue<>();
    private final OwnTimers timers;
    private volatile boolean closed;

    OwnMailbox(OwnTimers timers) {
        this.timers = timers;
    }

    @Override
    public void execute(
            MailOptions options,
            ThrowingRunnable<? extends Exception> command,
            String description,
            Object... arguments) {
        if (closed) {
            throw new RejectedExecutionException("The writer of dead letters is closed.");
        }
        letters.add(command);
    }

    @Override
    public void yield() throws InterruptedException {
        while (true) {
            fireTimers();
            ThrowingRunnable<? extends Exception> letter =
                    letters.poll(timers.untilNext(LONGEST_LOOK_MILLIS), TimeUnit.MILLISECONDS);
            if (letter != null) {
                run(letter);
                return;
            }
        }
    }

    @Override
    public boolean tryYield() {
        fireTimers();
        ThrowingRunnable<? extends Exception> letter = letters.poll();
        if (letter != null) {
            run(letter);
        }
        return letter != null;
    }

    @Override
    public boolean shouldInterrupt() {
        return false;
    }

    /** Refuses letters from now on and forgets those that are there. */
    void close() {
        closed = true;
        letters.clear();
    }

    private void fireTimers() {
        run(timers::fireDue);
    }

    private static void run(ThrowingRunnable<? extends Exception> letter) {
        try {
            letter.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new FlinkRuntimeException(e);
        }
    }
}
