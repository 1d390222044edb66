// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link ClaimedPort}. */
class ClaimedPortTest {

    @Test
    void aPortIsBelowTheRangeOfOutgoingConnections() {
        try (ClaimedPort port = ClaimedPort.any()) {
            assertThat(port.number()).isBetween(10_000, 31_999);
        }
    }

    @Test
    void noPortIsClaimedTwice() {
        Set<Integer> numbers = new HashSet<>();
        List<ClaimedPort> ports = IntStream.range(0, 200).mapToObj(i -> ClaimedPort.any()).toList();
        ports.forEach(port -> numbers.add(port.number()));
        ports.forEach(ClaimedPort::close);
        assertThat(numbers).hasSize(200);
    }

    @Test
    void aClaimedPortCanBeClaimedAgainOnceItIsGivenBack() {
        ClaimedPort port = ClaimedPort.any();
        assertThat(ClaimedPort.tryClaim(port.number())).isNull();
        port.close();
        try (ClaimedPort again = ClaimedPort.tryClaim(port.number())) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void aPortOnWhichSomebodyListensIsNotClaimed() throws Exception {
        ClaimedPort port = ClaimedPort.any();
        port.close();
        try (ServerSocket socket =
                new ServerSocket(port.number(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(ClaimedPort.isFree(socket.getLocalPort())).isFalse();
            assertThat(ClaimedPort.tryClaim(socket.getLocalPort())).isNull();
        }
        assertThat(ClaimedPort.isFree(port.number())).isTrue();
    }

    @Test
    void aPortThatAnotherJvmClaimedIsNotClaimedUntilThatJvmEnds() throws Exception {
        Process other = TestJvm.running(ClaimingMain.class, List.of()).start();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            int number = Integer.parseInt(output.readLine());
            assertThat(ClaimedPort.tryClaim(number)).isNull();
            other.destroyForcibly().waitFor();
            try (ClaimedPort port = ClaimedPort.tryClaim(number)) {
                assertThat(port).isNotNull();
            }
        } finally {
            other.destroyForcibly();
        }
    }

    /** Claims a port, prints its number and keeps it until standard input ends. */
    static final class ClaimingMain {

        private ClaimingMain() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(ClaimedPort.any().number());
            while (System.in.read() >= 0) {
                // The parent is alive.
            }
        }
    }
}
