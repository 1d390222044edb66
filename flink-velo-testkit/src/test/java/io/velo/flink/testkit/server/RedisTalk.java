// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends single commands to Redis over a socket; each opens its own connection. */
final class RedisTalk {

    private RedisTalk() {}

    /** Sends the lines as inline commands and returns the first line of the last answer. */
    static String say(int port, String... commands) throws IOException {
        try (Loopback connection = new Loopback(port)) {
            String answer = "";
            for (String command : commands) {
                connection.out().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
                answer = line(connection);
                if (answer.startsWith("$") && !answer.equals("$-1")) {
                    answer = line(connection);
                }
            }
            return answer;
        }
    }

    private static String line(Loopback connection) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = connection.in().read(); c >= 0 && c != '\n'; c = connection.in().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
