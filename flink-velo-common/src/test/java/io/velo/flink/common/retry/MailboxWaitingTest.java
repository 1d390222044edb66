// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.junit.jupiter.api.Test;

class MailboxWaitingTest {

    private final Letters letters = new Letters();

    @Test
    void letsTheTaskWorkWhileItWaits() throws Exception {
        List<String> done = new ArrayList<>();
        letters.execute(
                () -> {
                    done.add("answer");
                    letters.execute(() -> done.add("checkpoint"), "another");
                },
                "one");

        long start = System.nanoTime();
        new MailboxWaiting(letters).pause(Duration.ofMillis(60));

        assertThat(done).containsExactly("answer", "checkpoint");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(60_000_000L);
    }

    @Test
    void endsAtOnceWhenTheTaskIsCancelled() {
        letters.execute(() -> Thread.currentThread().interrupt(), "cancel");

        assertThatThrownBy(() -> new MailboxWaiting(letters).pause(Duration.ofHours(1)))
                .isInstanceOf(InterruptedException.class);
    }

    /** A mailbox that is looked into by hand. */
    private static final class Letters implements MailboxExecutor {

        private final ConcurrentLinkedQueue<ThrowingRunnable<? extends Exception>> waiting =
                new ConcurrentLinkedQueue<>();

        @Override
        public void execute(
                MailOptions options,
                ThrowingRunnable<? extends Exception> command,
                String description,
                Object... arguments) {
            waiting.add(command);
        }

        @Override
        public void yield() {
            throw new UnsupportedOperationException("Waiting must not depend on a letter.");
        }

        @Override
        public boolean tryYield() {
            ThrowingRunnable<? extends Exception> next = waiting.poll();
            if (next != null) {
                ThrowingRunnable.unchecked(next).run();
            }
            return next != null;
        }

        @Override
        public boolean shouldInterrupt() {
            return false;
        }
    }
}
