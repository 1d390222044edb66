// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client's connection and the one to the server that belongs to it. Not thread-safe. */
final class Connection {

    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Stream toServer;
    private final Stream toClient;

    private Connection(
            SocketChannel client, SocketChannel server, Selector selector, Lanes lanes, int target)
            throws IOException {
        this.client = client;
        this.server = server;
        client.configureBlocking(false);
        server.configureBlocking(false);
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        server.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), target));
        clientKey = client.register(selector, 0);
        serverKey = server.register(selector, 0);
        toServer = new Stream(lanes.of(Way.TO_SERVER), client, server);
        toClient = new Stream(lanes.of(Way.TO_CLIENT), server, client);
    }

    /**
     * Connects an accepted client with the server; the client is reset if that fails at once.
     *
     * @return null if it failed
     */
    static Connection open(SocketChannel client, Selector selector, Lanes lanes, int target)
            throws IOException {
        SocketChannel server = SocketChannel.open();
        try {
            return new Connection(client, server, selector, lanes, target);
        } catch (IOException e) {
            reset(client);
            reset(server);
            return null;
        }
    }

    /**
     * Moves what can be moved now, both ways.
     *
     * @return nanoseconds after which there is more to do, or {@link Stream#UNTIL_EVENT}
     * @throws CutException if the connection has to be cut here
     * @throws IOException if one of the two ends broke
     */
    long advance(long now) throws IOException {
        if (!server.isConnected() && !server.finishConnect()) {
            serverKey.interestOps(SelectionKey.OP_CONNECT);
            return Stream.UNTIL_EVENT;
        }
        long wait = Math.min(toServer.advance(now), toClient.advance(now));
        clientKey.interestOps(interest(toServer, toClient));
        serverKey.interestOps(interest(toClient, toServer));
        return wait;
    }

    private static int interest(Stream out, Stream in) {
        int reading = out.wantsToRead() ? SelectionKey.OP_READ : 0;
        int writing = in.wantsToWrite() ? SelectionKey.OP_WRITE : 0;
        return reading | writing;
    }

    /** Both sides have said that they are done. */
    boolean isFinished() {
        return toServer.isFinished() && toClient.isFinished();
    }

    boolean isOpen() {
        return client.isOpen();
    }

    /** Closes both sides in good order. */
    void close() throws IOException {
        client.close();
        server.close();
    }

    /** Breaks both sides: they see a reset, not an end. */
    void reset() throws IOException {
        reset(client);
        reset(server);
    }

    private static void reset(SocketChannel socket) throws IOException {
        if (socket.isOpen()) {
            try {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            } finally {
                socket.close();
            }
        }
    }
}
