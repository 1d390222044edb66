// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import java.time.Duration;
import org.apache.flink.api.common.operators.MailboxExecutor;

/**
 * Lets a task do its other work while it waits: answers of a server that come through the mailbox,
 * timers, notices of checkpoints. Whoever waits so must bear that its own timers and answers run
 * meanwhile. For the task's thread only.
 */
public final class MailboxWaiting implements Waiting {

    /**
     * How long the mailbox may stay unseen. A timer in the mailbox would need no looking, but none
     * fires any more once the input of the task has ended.
     */
    private static final long LOOK_EVERY_MILLIS = 10;

    private final MailboxExecutor mailbox;

    /** Waiting in this mailbox. */
    public MailboxWaiting(MailboxExecutor mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (true) {
            boolean worked = mailbox.tryYield();
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!worked) {
                Thread.sleep(Math.min(LOOK_EVERY_MILLIS, Math.max(1, left / 1_000_000)));
            }
        }
    }
}
