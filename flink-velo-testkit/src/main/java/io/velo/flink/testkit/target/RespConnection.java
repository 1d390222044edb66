// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.target;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to Redis for tests: sends commands, reads replies as text, number or list. Not
 * thread-safe. Source: Redis documentation, "Redis serialization protocol specification".
 */
public final class RespConnection implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    /**
     * Connects and logs in.
     *
     * @throws IOException if the server does not answer in time or refuses the password
     */
    public RespConnection(String host, int port, String password, int timeoutMillis)
            throws IOException {
        try {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
            ask("AUTH", password);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Writes a command into the buffer; its reply has to be read later. */
    public void send(String... words) throws IOException {
        out.write(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sends a command and gives its reply, as {@link #reply()} does. */
    public Object ask(String... words) throws IOException {
        send(words);
        flush();
        return reply();
    }

    /** Sends what is in the buffer. */
    public void flush() throws IOException {
        out.flush();
    }

    /**
     * The next reply: text, a {@link Long}, a list of replies, or null.
     *
     * @throws IOException if the server refused the command or is gone
     */
    public Object reply() throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException("The server has ended the connection.");
        }
        String line = line();
        return switch (type) {
            case '+' -> line;
            case ':' -> Long.parseLong(line);
            case '$' -> bulk(Integer.parseInt(line));
            case '*' -> list(Integer.parseInt(line));
            default -> throw new IOException("The server refused: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<Object> list(int length) throws IOException {
        List<Object> replies = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            replies.add(reply());
        }
        return replies;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server has ended the connection.");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
