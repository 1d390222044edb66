// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import io.velo.flink.testkit.server.ClaimedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on 127.0.0.1 before one server, with switches for what can go wrong on a line.
 *
 * <p>Switches act on open and on new connections, and are in force when their method returns. They
 * add up: a line can be slow and hang. All connections share the byte counts and the one thread of
 * the proxy, {@code velo-fault-proxy-PORT}, which ends with {@link #close()}. A server that breaks
 * or ends a connection does the same to the client's, and the other way round. Thread-safe.
 *
 * <p>A server that tells clients its own address lets them go around the proxy; it has to tell the
 * proxy's.
 */
public final class FaultProxy implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(60);

    private final int port;
    private final ClaimedPort claim;
    private final ProxyLoop loop;
    private final Thread thread;

    private FaultProxy(int port, ClaimedPort claim, ProxyLoop loop) {
        this.port = port;
        this.claim = claim;
        this.loop = loop;
        this.thread = new Thread(loop, "velo-fault-proxy-" + port);
    }

    private static FaultProxy open(int port, ClaimedPort claim, int target) {
        try {
            Lanes lanes = new Lanes();
            FaultProxy proxy = new FaultProxy(port, claim, new ProxyLoop(port, target, lanes));
            proxy.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy cannot listen on port " + port, e);
        }
    }

    private void start() throws IOException {
        thread.setDaemon(true);
        thread.start();
        try {
            loop.call(loop::listen);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A proxy on a free port of its own before this port of 127.0.0.1. */
    public static FaultProxy before(int serverPort) {
        ClaimedPort claim = ClaimedPort.any();
        return open(claim.number(), claim, serverPort);
    }

    /** A proxy on a port that the caller keeps free, such as one that the server tells clients. */
    public static FaultProxy between(int port, int serverPort) {
        return open(port, null, serverPort);
    }

    /**
     * The port for clients: fixed for life, also across {@link #refuse()} and {@link #accept()}.
     */
    public int port() {
        return port;
    }

    /**
     * Holds every chunk (at most 16 KiB) back for so long, both ways: large transfers slow down a
     * lot.
     */
    public void delay(Duration perChunk) {
        switchTo(() -> loop.lanes().each(lane -> lane.delay(perChunk.toNanos())));
    }

    /**
     * Lets so many bytes per second through in this direction, in small pieces. One byte per second
     * is the famous slow client or server.
     */
    public void limit(Way way, long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("A limit is at least 1 byte per second.");
        }
        switchTo(() -> loop.lanes().of(way).limit(bytesPerSecond));
    }

    /** Bytes of this direction wait and sockets stay open, until {@link #release(Way)}. */
    public void hang(Way way) {
        switchTo(() -> loop.lanes().of(way).hang());
    }

    /** The bytes that waited go on. */
    public void release(Way way) {
        switchTo(() -> loop.lanes().of(way).release());
    }

    /**
     * Lets so many more bytes of this direction through, over all connections, and resets both
     * sides of the connection that wants to send one more. This happens once; the client's next
     * connection works. With {@code TO_CLIENT} and 0 a request is applied and its answer is lost.
     */
    public void cutAfter(Way way, long bytes) {
        switchTo(() -> loop.lanes().of(way).cutAfter(bytes));
    }

    /** How many connections {@link #cutAfter(Way, long)} has cut. */
    public long cuts() {
        return loop.cuts();
    }

    /** Flips one bit of the byte that comes after so many bytes of this direction; once. */
    public void flipAfter(Way way, long bytes) {
        switchTo(() -> loop.lanes().of(way).flipAfter(bytes));
    }

    /** Resets (RST) every open connection, to both sides. */
    public void reset() {
        switchTo(loop::resetAll);
    }

    /** Closes the port: new connections are refused, open ones go on. */
    public void refuse() {
        switchTo(loop::refuse);
    }

    /** Opens the port again. */
    public void accept() {
        switchTo(loop::listen);
    }

    /** Ends all faults and accepts connections; what was held back goes on. */
    public void heal() {
        switchTo(
                () -> {
                    loop.lanes().each(Lane::heal);
                    loop.listen();
                });
    }

    /** All connections that were accepted so far. */
    public long connections() {
        return loop.accepted();
    }

    /** The connections that are open now. */
    public int open() {
        AtomicInteger count = new AtomicInteger();
        switchTo(() -> count.set(loop.open()));
        return count.get();
    }

    /** All bytes that went through in this direction so far. */
    public long bytes(Way way) {
        return loop.lanes().of(way).bytes();
    }

    /** Resets what is open, ends the thread and gives the port back. */
    @Override
    public void close() {
        try {
            if (thread.isAlive()) {
                loop.call(loop::stop);
                thread.join(END.toMillis());
            }
        } catch (IllegalStateException ignored) {
            // Somebody else has closed it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (claim != null) {
                claim.close();
            }
        }
    }

    private void switchTo(ProxyLoop.Task task) {
        try {
            loop.call(task);
        } catch (IOException e) {
            throw new UncheckedIOException("The fault proxy on port " + port + " failed.", e);
        }
    }
}
