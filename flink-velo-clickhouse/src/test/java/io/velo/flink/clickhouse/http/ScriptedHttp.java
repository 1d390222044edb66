// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server that does with each connection, by byte, what a test says. */
final class ScriptedHttp implements AutoCloseable {

    /** What happens to a connection; it is closed afterwards. */
    @FunctionalInterface
    interface Script {
        void run(Line line) throws Exception;
    }

    /** One connection, and its number from 1. */
    record Line(Socket socket, int number, List<String> heads) {

        /** The next request, without its body; an exception if there is none. */
        String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("The client closed the connection.");
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            heads.add(text);
            return text;
        }

        /** The next request with its body. */
        byte[] request() throws IOException {
            String text = head();
            String length = text.replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
            return socket.getInputStream().readNBytes(Integer.parseInt(length));
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Waits until the client is gone. */
        void awaitEnd() throws IOException {
            byte[] rest = new byte[1 << 13];
            while (socket.getInputStream().read(rest) >= 0) {
                // What is still on its way.
            }
        }
    }

    /** An answer without a body. */
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    ScriptedHttp(Script script) throws IOException {
        this(ServerSocketFactory.getDefault(), script);
    }

    ScriptedHttp(ServerSocketFactory factory, Script script) throws IOException {
        server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> accept(script));
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Line line = new Line(socket, accepted.incrementAndGet(), heads);
                daemon(() -> serve(line, script));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Line line, Script script) {
        try (Socket socket = line.socket()) {
            script.run(line);
        } catch (Exception gone) {
            // The test sees what the client makes of it.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-http");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections so far. */
    int connections() {
        return accepted.get();
    }

    /** The heads of the requests so far. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
