// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Compares threads, open sockets and files, and the memory of direct buffers after some code with
 * those before. What is left may take some seconds to go.
 *
 * <pre>{@code
 * try (LeakDetector leaks = LeakDetector.watch()) {
 *     openAndClose();
 * }
 * }</pre>
 *
 * <p>Threads that the JVM starts once and keeps do not count, nor do libraries that it loads.
 * Sockets and files are seen on Linux only. Other code in the same JVM must be quiet meanwhile. Not
 * thread-safe.
 */
public final class LeakDetector implements AutoCloseable {

    /** Pools of the JDK and of JUnit that live as long as the JVM. */
    private static final Pattern LASTING =
            Pattern.compile(
                    "ForkJoinPool.*|CompletableFutureDelayScheduler|Common-Cleaner|Finalizer"
                            + "|Reference Handler|Signal Dispatcher|Attach Listener|Notification Thread"
                            + "|process reaper.*|Keep-Alive-Timer|junit-.*|surefire-.*|ping-.*"
                            + "|Cleaner-\\d+|JNA Cleaner|idle-connection-reaper");

    /** The JDK keeps a small buffer for each thread that reads or writes. */
    private static final long PER_THREAD_BUFFERS = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Predicate<String> countedThread;
    private final Duration patience;
    private final long allowedDirectBytes;
    private final ProcessState before;

    private LeakDetector(
            Predicate<String> countedThread, Duration patience, long allowedDirectBytes) {
        this.countedThread = countedThread;
        this.patience = patience;
        this.allowedDirectBytes = allowedDirectBytes;
        this.before = ProcessState.now(countedThread);
    }

    /** Remembers what there is now; waits up to 90 seconds at the end. */
    public static LeakDetector watch() {
        return new LeakDetector(
                name -> !LASTING.matcher(name).matches(), PATIENCE, PER_THREAD_BUFFERS);
    }

    /** The same from now on with another patience. */
    public LeakDetector within(Duration newPatience) {
        return new LeakDetector(countedThread, newPatience, allowedDirectBytes);
    }

    /** The same from now on with threads that may stay, by a pattern of their names. */
    public LeakDetector allowingThreads(String pattern) {
        Predicate<String> allowed = Pattern.compile(pattern).asMatchPredicate();
        return new LeakDetector(countedThread.and(allowed.negate()), patience, allowedDirectBytes);
    }

    /**
     * The same from now on with so much memory of direct buffers that may stay, as in a pool; 1 MiB
     * unless set.
     */
    public LeakDetector allowingDirectBytes(long bytes) {
        return new LeakDetector(countedThread, patience, bytes);
    }

    /** What there is now and was not before, in words; empty if there is nothing. */
    public List<String> leaks() {
        ProcessState now = ProcessState.now(countedThread);
        List<String> leaks = new ArrayList<>();
        for (Map.Entry<Long, String> thread : now.threads().entrySet()) {
            if (!before.threads().containsKey(thread.getKey())) {
                leaks.add("thread '" + thread.getValue() + "'");
            }
        }
        Set<String> opened = new TreeSet<>(now.descriptors());
        opened.removeAll(before.descriptors());
        opened.forEach(descriptor -> leaks.add("descriptor " + descriptor));
        long bytes = now.directBytes() - before.directBytes();
        if (bytes > allowedDirectBytes) {
            leaks.add(bytes + " bytes of direct buffers");
        }
        return leaks;
    }

    /**
     * Waits until nothing is left.
     *
     * @throws AssertionError if something stays; it names everything
     */
    @Override
    public void close() {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> leaks = leaks();
        while (!leaks.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        leaks.size() + " leaks: " + String.join(", ", leaks) + ".");
            }
            // Direct buffers go when their owners are collected.
            System.gc();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            leaks = leaks();
        }
    }
}
