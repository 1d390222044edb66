// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One leak in hundreds of cycles is found; what opens once in the beginning is none. */
@Timeout(180)
class OpenCloseCyclesTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger cycles = new AtomicInteger();
    private final AtomicReference<ServerSocket> kept = new AtomicReference<>();

    @Test
    void findsASocketThatOneCycleLeaves() throws Exception {
        try {
            assertThatThrownBy(() -> OpenCloseCycles.leaveNothing(100, () -> keepOneAt(70), SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("socket:[");
        } finally {
            kept.get().close();
        }
    }

    @Test
    void overlooksWhatTheFirstCycleOpens() throws Exception {
        try {
            OpenCloseCycles.leaveNothing(100, () -> keepOneAt(1), LONG);
            assertThat(cycles).hasValue(120);
        } finally {
            kept.get().close();
        }
    }

    private void keepOneAt(int cycle) throws Exception {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        if (cycles.incrementAndGet() == cycle) {
            kept.set(socket);
        } else {
            socket.close();
        }
    }
}
