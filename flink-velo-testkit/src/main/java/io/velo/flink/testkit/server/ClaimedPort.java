// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free TCP port on 127.0.0.1 that no other JVM with this class claims until it is closed.
 *
 * <p>Ports come from 10000 to 31999, below the range from which systems take the ports of outgoing
 * connections, so that none grabs the port of a server that is down for a moment. A claim is a lock
 * on one byte of a file in the package cache; the kernel gives it up when the JVM ends.
 * Thread-safe.
 */
public final class ClaimedPort implements AutoCloseable {

    static final int FIRST = 10_000;
    static final int LAST = 31_999;

    private static final int ATTEMPTS = 2_000;

    // Never closed: closing any channel on a file gives up all locks the JVM has on it.
    private static FileChannel locks;

    private final int number;
    private final FileLock lock;

    private ClaimedPort(int number, FileLock lock) {
        this.number = number;
        this.lock = lock;
    }

    /** Claims any free port. */
    public static synchronized ClaimedPort any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ClaimedPort port = tryClaim(ThreadLocalRandom.current().nextInt(FIRST, LAST + 1));
            if (port != null) {
                return port;
            }
        }
        throw new ServerException(
                "No free port was found from " + FIRST + " to " + LAST + " on 127.0.0.1.");
    }

    /** Claims this port; null if somebody has claimed it or listens on it. */
    static synchronized ClaimedPort tryClaim(int number) {
        try {
            FileLock lock = locks().tryLock(number, 1, false);
            if (lock == null) {
                return null;
            }
            if (isFree(number)) {
                return new ClaimedPort(number, lock);
            }
            lock.release();
            return null;
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("The list of claimed ports cannot be locked.", e);
        }
    }

    /** Whether a server could listen on the port now. */
    static boolean isFree(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of a server that has just ended do not keep its port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), number), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The port. */
    public int number() {
        return number;
    }

    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel locks() throws IOException {
        if (locks == null) {
            Path folder = Files.createDirectories(PackageCache.ofUser().root());
            Path file = folder.resolve("ports.lock");
            locks = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        return locks;
    }
}
