// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection to a port of 127.0.0.1 that gives up soon. */
final class Loopback implements AutoCloseable {

    private static final int CONNECT_MS = 1_000;
    private static final int READ_MS = 5_000;

    private final Socket socket;

    Loopback(int port) throws IOException {
        socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), CONNECT_MS);
            socket.setSoTimeout(READ_MS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    DataOutputStream out() throws IOException {
        return new DataOutputStream(socket.getOutputStream());
    }

    DataInputStream in() throws IOException {
        return new DataInputStream(socket.getInputStream());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
