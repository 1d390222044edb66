// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.snapshot;

import java.util.Comparator;
import java.util.List;

/**
 * The parts in which a table was read, in the order of its key: says of a change whether the rows
 * that were read show it already. Not thread-safe.
 */
public final class TableChunks {

    private static final Comparator<Comparable<?>[]> ORDER = TableChunks::compare;

    private final TableKey key;
    private final long horizon;
    private final Visibility[] visibilities;
    private final Comparable<?>[][] ends;

    /**
     * The parts of a table.
     *
     * @param key the table's key; null if it is not known and the parts are of one moment
     * @param parts all of them, in any order
     */
    public TableChunks(TableKey key, List<ReadPart> parts) {
        this.key = key;
        this.horizon =
                parts.stream().mapToLong(part -> part.visibility().horizon()).max().orElse(0);
        // Parts by place are of one moment, and their ends are no keys.
        List<ReadPart> sorted =
                isOneMoment(parts)
                        ? parts.subList(0, 1)
                        : parts.stream().sorted(byEnd(key)).toList();
        this.visibilities = sorted.stream().map(ReadPart::visibility).toArray(Visibility[]::new);
        this.ends = new Comparable<?>[sorted.size()][];
        for (int i = 0; i < ends.length && ends.length > 1; i++) {
            ends[i] = end(key, sorted.get(i));
        }
    }

    /** Whether these parts of a table show one moment, so that no key is needed. */
    public static boolean isOneMoment(List<ReadPart> parts) {
        return parts.stream().map(part -> part.visibility().snapshot()).distinct().count() == 1;
    }

    private static Comparable<?>[] end(TableKey key, ReadPart part) {
        return part.range().upTo().map(point -> key.comparables(point.values())).orElse(null);
    }

    private static Comparator<ReadPart> byEnd(TableKey key) {
        return Comparator.comparing(part -> end(key, part), Comparator.nullsLast(ORDER));
    }

    /** No part shows a commit behind this position. */
    public long horizon() {
        return horizon;
    }

    /** Whether the place of a change does not matter: there is one part, or one moment. */
    public boolean isOneMoment() {
        return visibilities.length == 1;
    }

    /** Whether the rows show a change at this key by this transaction. */
    public boolean shows(List<String> keyValues, int xid) {
        return visibilities[find(key.comparables(keyValues))].snapshot().seesShort(xid);
    }

    /** Whether the rows show a change by this transaction, where all parts show one moment. */
    public boolean shows(int xid) {
        return visibilities[0].snapshot().seesShort(xid);
    }

    /** Whether some part shows what this transaction did. */
    public boolean anyShows(int xid) {
        for (Visibility visibility : visibilities) {
            if (visibility.snapshot().seesShort(xid)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every part shows what this transaction did. */
    public boolean allShow(int xid) {
        for (Visibility visibility : visibilities) {
            if (!visibility.snapshot().seesShort(xid)) {
                return false;
            }
        }
        return true;
    }

    /** The first part whose end is not before the key. */
    private int find(Comparable<?>[] wanted) {
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] == null || compare(wanted, ends[middle]) <= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Comparable<?>[] a, Comparable<?>[] b) {
        for (int i = 0; i < a.length; i++) {
            int order = ((Comparable) a[i]).compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
