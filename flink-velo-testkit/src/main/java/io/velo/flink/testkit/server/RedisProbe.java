// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends PING: a server that still loads its data answers with an error. */
record RedisProbe(int port) implements Readiness.Probe {

    @Override
    public boolean answers() throws IOException {
        try (Loopback connection = new Loopback(port)) {
            connection.out().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[5];
            connection.in().readFully(answer);
            String text = new String(answer, StandardCharsets.US_ASCII);
            // A server with a password asks for it only when it is ready.
            return text.equals("+PONG") || text.equals("-NOAU");
        }
    }
}
