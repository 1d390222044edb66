// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLException;

/**
 * A server that speaks Redis' protocol and answers what a test tells it to: one reply per command
 * in the order of the script, {@code +OK} when the script is over, and {@code +PONG} to PING.
 */
final class ScriptedServer implements AutoCloseable {

    /** Instead of a reply: the connection is cut. */
    static final String CUT = "cut";

    private final ServerSocket socket;
    private final Deque<String> script = new ArrayDeque<>();
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::serve, "scripted-server");

    /** A server that speaks in clear. */
    ScriptedServer(String... replies) throws IOException {
        this(ServerSocketFactory.getDefault(), replies);
    }

    /** A server on the loopback address. */
    ScriptedServer(ServerSocketFactory sockets, String... replies) throws IOException {
        socket = sockets.createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        script.addAll(List.of(replies));
        thread.setDaemon(true);
        thread.start();
    }

    RedisEndpoint endpoint() {
        return new RedisEndpoint(
                "127.0.0.1",
                socket.getLocalPort(),
                0,
                false,
                io.velo.flink.common.secret.Credentials.NONE);
    }

    /** The commands that came, without those of the handshake. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                InputStream in = new BufferedInputStream(client.getInputStream());
                while (answer(command(in), client)) {
                    // One command after the other, until the script or the client says stop.
                }
            } catch (EOFException | SocketException | SSLException expected) {
                // The client has gone, or the test is over.
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean answer(String command, Socket client) throws IOException {
        String reply;
        if (command.equals("PING")) {
            reply = "+PONG";
        } else if (command.startsWith("CLIENT")) {
            reply = "+OK";
        } else {
            commands.add(command);
            reply = script.isEmpty() ? "+OK" : script.poll();
        }
        if (reply.equals(CUT)) {
            return false;
        }
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        return true;
    }

    private static String command(InputStream in) throws IOException {
        String head = line(in);
        if (!head.startsWith("*")) {
            throw new EOFException("Not the protocol of Redis: a TLS handshake, for example.");
        }
        int arguments = Integer.parseInt(head.substring(1));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments; i++) {
            line(in);
            words.add(line(in));
        }
        return String.join(" ", words);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
