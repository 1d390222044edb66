// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.table.data.RowData;

/**
 * Answers that are still good enough, the one that was used least recently first to go.
 * Thread-safe.
 *
 * <p>What has expired goes when it is the least recently used. The oldest by use that is still good
 * was written less than the limit ago, so every other was used since: what has expired stays for
 * one more limit at the most, and needs no timer.
 */
final class AnswerCache<K> {

    private static final class Entry {
        private final Collection<RowData> rows;
        private final long written;
        private long used;

        Entry(Collection<RowData> rows, long now) {
            this.rows = rows;
            this.written = now;
            this.used = now;
        }
    }

    private final PartialCache limits;
    private final long writeNanos;
    private final long accessNanos;
    private final LongSupplier clock;
    private final Map<K, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

    AnswerCache(PartialCache limits, LongSupplier clock) {
        this.limits = limits;
        this.writeNanos = nanos(limits.expireAfterWrite());
        this.accessNanos = nanos(limits.expireAfterAccess());
        this.clock = clock;
    }

    private static long nanos(Duration limit) {
        return limit == null ? Long.MAX_VALUE : limit.toNanos();
    }

    /** The rows of a key, perhaps none, or null if the server must be asked. */
    synchronized Collection<RowData> get(K key) {
        Entry entry = entries.get(key);
        long now = clock.getAsLong();
        if (entry == null || isExpired(entry, now)) {
            return null;
        }
        entry.used = now;
        return entry.rows;
    }

    /** The rows of a key as they were last known, or null. */
    synchronized Collection<RowData> stale(K key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.rows;
    }

    synchronized void put(K key, Collection<RowData> rows) {
        if (rows.isEmpty() && !limits.missingKeys()) {
            entries.remove(key);
            return;
        }
        long now = clock.getAsLong();
        entries.put(key, new Entry(rows, now));
        while (entries.size() > limits.maxRows() || isFirstOver(now)) {
            Iterator<Entry> oldest = entries.values().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private boolean isFirstOver(long now) {
        return !limits.keepsExpired()
                && !entries.isEmpty()
                && isExpired(entries.values().iterator().next(), now);
    }

    synchronized int size() {
        return entries.size();
    }

    private boolean isExpired(Entry entry, long now) {
        return now - entry.written >= writeNanos || now - entry.used >= accessNanos;
    }
}
