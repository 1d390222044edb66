// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that sends text and reads answers. */
final class EchoClient implements AutoCloseable {

    private final Socket socket = new Socket();

    EchoClient(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 60_000);
        socket.setSoTimeout(60_000);
        socket.setTcpNoDelay(true);
    }

    EchoClient patience(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        return this;
    }

    EchoClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** The next so many characters, fewer if the connection ends before. */
    String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    String ask(String text) throws IOException {
        return send(text).read(text.length());
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
