// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks for {@code /ping} over HTTP. */
record ClickHouseProbe(int port) implements Readiness.Probe {

    private static final String REQUEST =
            "GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

    @Override
    public boolean answers() throws IOException {
        try (Loopback connection = new Loopback(port)) {
            connection.out().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = connection.in().readNBytes("HTTP/1.1 200".length());
            return new String(answer, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        }
    }
}
