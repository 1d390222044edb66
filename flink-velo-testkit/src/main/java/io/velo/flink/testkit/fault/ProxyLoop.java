// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one thread of a proxy. All sockets belong to it; other threads hand it tasks and wait for
 * them, so that a switch is in force when its method returns.
 */
final class ProxyLoop implements Runnable {

    /** Something to be done by the proxy's thread. */
    interface Task {
        void run() throws IOException;
    }

    private static final int BACKLOG = 128;

    private final int port;
    private final int target;
    private final Lanes lanes;
    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Queue<Submitted> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong cuts = new AtomicLong();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private ServerSocketChannel listener;
    private boolean closing;

    ProxyLoop(int port, int target, Lanes lanes) throws IOException {
        this.port = port;
        this.target = target;
        this.lanes = lanes;
        this.selector = Selector.open();
    }

    Lanes lanes() {
        return lanes;
    }

    long accepted() {
        return accepted.get();
    }

    long cuts() {
        return cuts.get();
    }

    /**
     * Has the task done by the proxy's thread and waits for it.
     *
     * @throws IOException what the task threw
     * @throws IllegalStateException if the proxy is closed
     */
    void call(Task task) throws IOException {
        Submitted submitted = new Submitted(task, new CompletableFuture<>());
        tasks.add(submitted);
        selector.wakeup();
        try {
            CompletableFuture.anyOf(submitted.done, end).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
        if (!submitted.done.isDone()) {
            throw new IllegalStateException("The fault proxy on port " + port + " is closed.");
        }
    }

    @Override
    public void run() {
        try {
            while (!closing) {
                long wait = turn();
                if (wait == Stream.UNTIL_EVENT) {
                    selector.select();
                } else if (wait <= 0) {
                    selector.selectNow();
                } else {
                    selector.select(TimeUnit.NANOSECONDS.toMillis(wait) + 1);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy on port " + port + " broke.", e);
        } finally {
            closeAll();
            end.complete(null);
        }
    }

    private long turn() throws IOException {
        for (Submitted task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        welcome();
        long now = System.nanoTime();
        long wait = closing ? 0 : Stream.UNTIL_EVENT;
        for (Iterator<Connection> all = connections.iterator(); all.hasNext(); ) {
            Connection connection = all.next();
            wait = Math.min(wait, advance(connection, now));
            if (connection.isFinished()) {
                connection.close();
            }
            if (!connection.isOpen()) {
                all.remove();
                // A closed channel lets go of its socket at the next selection.
                wait = 0;
            }
        }
        return wait;
    }

    private long advance(Connection connection, long now) throws IOException {
        try {
            return connection.advance(now);
        } catch (CutException e) {
            cuts.incrementAndGet();
            connection.reset();
        } catch (IOException e) {
            connection.reset();
        }
        return 0;
    }

    private void welcome() throws IOException {
        if (listener == null) {
            return;
        }
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            accepted.incrementAndGet();
            Connection connection = Connection.open(client, selector, lanes, target);
            if (connection != null) {
                connections.add(connection);
            }
        }
    }

    /** Opens the port; does nothing if it is open. */
    void listen() throws IOException {
        if (listener != null) {
            return;
        }
        ServerSocketChannel opened = ServerSocketChannel.open();
        try {
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.configureBlocking(false);
            opened.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
            opened.register(selector, SelectionKey.OP_ACCEPT);
            listener = opened;
        } finally {
            if (listener == null) {
                opened.close();
            }
        }
    }

    /** Closes the port; open connections stay. */
    void refuse() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
            // Without a selection the socket would go on listening.
            selector.selectNow();
        }
    }

    int open() {
        return connections.size();
    }

    void resetAll() throws IOException {
        for (Connection connection : connections) {
            connection.reset();
        }
        connections.clear();
        selector.selectNow();
    }

    void stop() {
        closing = true;
    }

    private void closeAll() {
        try (Selector last = selector) {
            refuse();
            resetAll();
            last.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A task and the news of its end. */
    private record Submitted(Task task, CompletableFuture<Void> done) {

        void run() {
            try {
                task.run();
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        }
    }
}
