// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Begins to log in: a ready server asks for a password, one that still starts or recovers refuses.
 * Source: PostgreSQL documentation, "Message Formats", StartupMessage of protocol 3.0.
 */
record PostgresProbe(int port, String user) implements Readiness.Probe {

    private static final int PROTOCOL_3_0 = 196_608;
    private static final int AUTHENTICATION = 'R';

    @Override
    public boolean answers() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String word : new String[] {"user", user, "database", "postgres", ""}) {
            body.write(word.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream writer = new DataOutputStream(message);
        writer.writeInt(2 * Integer.BYTES + body.size());
        writer.writeInt(PROTOCOL_3_0);
        body.writeTo(writer);
        try (Loopback connection = new Loopback(port)) {
            connection.out().write(message.toByteArray());
            return connection.in().read() == AUTHENTICATION;
        }
    }
}
