// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Asks a Kafka broker for its cluster: ready when a broker is there that a controller lets serve.
 * Source: Kafka documentation, "Protocol", Metadata request and response of version 1.
 */
record KafkaProbe(int port) implements Readiness.Probe {

    private static final int METADATA = 3;
    private static final int VERSION = 1;
    private static final int QUESTION = 1;

    @Override
    public boolean answers() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream writer = new DataOutputStream(message);
        writer.writeShort(METADATA);
        writer.writeShort(VERSION);
        writer.writeInt(QUESTION);
        writer.writeShort(-1); // no client id
        writer.writeInt(0); // of no topic
        try (Loopback connection = new Loopback(port)) {
            DataOutputStream out = connection.out();
            out.writeInt(message.size());
            message.writeTo(out);
            out.flush();
            DataInputStream in = connection.in();
            in.readInt(); // length
            return in.readInt() == QUESTION && hasBrokerAndController(in);
        }
    }

    private static boolean hasBrokerAndController(DataInputStream in) throws IOException {
        int brokers = in.readInt();
        for (int broker = 0; broker < brokers; broker++) {
            in.readInt(); // id
            in.skipNBytes(in.readShort()); // host
            in.readInt(); // port
            in.skipNBytes(Math.max(0, in.readShort())); // rack, or null
        }
        int controller = in.readInt();
        return brokers > 0 && controller >= 0;
    }
}
