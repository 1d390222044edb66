// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link LoopbackCheck}. */
class LoopbackCheckTest {

    private static final long PID = ProcessHandle.current().pid();

    @BeforeEach
    void needsProc() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "There is no /proc here.");
    }

    @Test
    void onlyAddressesOfTheLoopbackInterfaceAreLoopback() {
        assertThat(LoopbackCheck.isLoopback("0100007F:1F90")).isTrue();
        assertThat(LoopbackCheck.isLoopback("00000000:1F90")).isFalse();
        assertThat(LoopbackCheck.isLoopback("0201A8C0:1F90")).isFalse();
        assertThat(LoopbackCheck.isLoopback("0000000000000000FFFF00000100007F:1F90")).isTrue();
        assertThat(LoopbackCheck.isLoopback("00000000000000000000000001000000:1F90")).isTrue();
        assertThat(LoopbackCheck.isLoopback("00000000000000000000000000000000:1F90")).isFalse();
        assertThat(LoopbackCheck.isLoopback("0000000000000000FFFF00000201A8C0:1F90")).isFalse();
    }

    @Test
    void aProcessThatListensOnItsPortOfTheLoopbackAddressPasses() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatCode(() -> LoopbackCheck.check(PID, socket.getLocalPort()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aPortOfSomebodyElseIsNoticed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> LoopbackCheck.check(PID, port))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("Something else than process " + PID);
    }
}
