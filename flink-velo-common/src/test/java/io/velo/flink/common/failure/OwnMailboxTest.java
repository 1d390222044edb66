// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

class OwnMailboxTest {

    private final OwnTimers timers = new OwnTimers();
    private final OwnMailbox mailbox = new OwnMailbox(timers);
    private final List<String> done = new ArrayList<>();

    @Test
    void runsLettersFromOtherThreadsInTheOwnersThread() throws Exception {
        Thread owner = Thread.currentThread();
        Thread server =
                new Thread(
                        () ->
                                mailbox.execute(
                                        () ->
                                                done.add(
                                                        owner == Thread.currentThread()
                                                                ? "ok"
                                                                : "?"),
                                        "answer"));
        server.start();

        mailbox.yield();

        assertThat(done).containsExactly("ok");
        server.join();
    }

    @Test
    void firesTimersWhileItWaits() throws Exception {
        timers.registerTimer(
                System.currentTimeMillis() + 20,
                time -> mailbox.execute(() -> done.add("answer"), "answer"));
        timers.registerTimer(System.currentTimeMillis() + 3_600_000, time -> done.add("late"));

        mailbox.yield();

        assertThat(done).containsExactly("answer");
    }

    @Test
    void firesNoTimerThatWasCancelled() {
        timers.registerTimer(0, time -> done.add("cancelled")).cancel(false);
        mailbox.tryYield();

        assertThat(done).isEmpty();
    }

    @Test
    void letsFailuresGoUp() {
        mailbox.execute(
                () -> {
                    throw new IOException("away");
                },
                "answer");

        assertThatThrownBy(mailbox::tryYield)
                .isInstanceOf(FlinkRuntimeException.class)
                .hasRootCauseMessage("away");
    }

    @Test
    void refusesLettersOnceItIsClosed() {
        mailbox.close();

        assertThatThrownBy(() -> mailbox.execute(() -> done.add("late"), "answer"))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
