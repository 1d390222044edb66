// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The most that lives in this JVM's heap while it is open: a thread of its own collects all garbage
 * several times a second, and the collector itself says what is left at the end of each such
 * collection, before anybody can fill the heap again. That slows down what is measured.
 */
final class HeapPeak implements AutoCloseable {

    private static final int PAUSE_MILLIS = 50;
    private static final String OURS = "System.gc()";

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::collect, "heap-peak");
    private final List<Long> seen = new ArrayList<>();
    private final Set<String> pools =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(pool -> pool.getName())
                    .collect(Collectors.toSet());
    private final NotificationListener listener = (event, ignored) -> note(event);

    private HeapPeak() {}

    /** Begins to look. */
    static HeapPeak start() {
        HeapPeak peak = new HeapPeak();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(peak.listener, null, null);
        }
        peak.thread.setDaemon(true);
        peak.thread.start();
        return peak;
    }

    private void collect() {
        try {
            do {
                System.gc();
            } while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException ignored) {
            // Nobody asks any more.
        }
    }

    private void note(Notification event) {
        if (!event.getType()
                .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GarbageCollectionNotificationInfo collection =
                GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData());
        // Others leave garbage behind.
        if (collection.getGcCause().equals(OURS)) {
            long left = left(collection.getGcInfo());
            synchronized (seen) {
                seen.add(left);
            }
        }
    }

    private long left(GcInfo collection) {
        long sum = 0;
        for (Map.Entry<String, MemoryUsage> pool : collection.getMemoryUsageAfterGc().entrySet()) {
            sum += pools.contains(pool.getKey()) ? pool.getValue().getUsed() : 0;
        }
        return sum;
    }

    /**
     * The most that was left, in MB.
     *
     * @throws IllegalStateException if garbage was never collected
     */
    double megabytes() {
        synchronized (seen) {
            return seen.stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElseThrow(() -> new IllegalStateException("Nothing was collected."))
                    / (double) (1 << 20);
        }
    }

    /** How often was looked. */
    int looks() {
        synchronized (seen) {
            return seen.size();
        }
    }

    @Override
    public void close() throws InterruptedException, ListenerNotFoundException {
        closed.countDown();
        thread.join();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).removeNotificationListener(listener);
        }
    }
}
