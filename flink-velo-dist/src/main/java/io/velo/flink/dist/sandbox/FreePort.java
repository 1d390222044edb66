// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port on 127.0.0.1 that nobody listens on now. It comes from 10000 to 31999, below the range
 * from which systems take the ports of outgoing connections.
 */
final class FreePort {

    private static final int FIRST = 10_000;
    private static final int LAST = 31_999;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    /** Any such port. Another program may take it before it is used: be ready to try again. */
    static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new SandboxException(
                "No free port was found from " + FIRST + " to " + LAST + " on 127.0.0.1.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
