// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.capture;

import io.velo.flink.testkit.oracle.Anomaly;
import io.velo.flink.testkit.oracle.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a job saw with what happened: the table that its changes add up to with the table
 * itself, and the changes of each key with those that Debezium saw since the table was made.
 *
 * <p>A job joins in at some point of a key's history: its first change is then the row as it was at
 * that point, and all that follows must be there once and in order. Not thread-safe.
 */
final class CaptureOracle {

    private static final int KEPT_EXAMPLES = 8;

    private final long seed;
    private final Map<Anomaly, Long> counts = new EnumMap<>(Anomaly.class);
    private final List<String> examples = new ArrayList<>();

    CaptureOracle(long seed) {
        this.seed = seed;
    }

    /** What was found. */
    Verdict verdict() {
        return new Verdict(seed, counts, examples);
    }

    private void add(Anomaly anomaly, String what) {
        counts.merge(anomaly, 1L, Long::sum);
        if (examples.size() < KEPT_EXAMPLES) {
            examples.add(anomaly + ": " + what);
        }
    }

    /** Compares the table that the changes add up to with the rows of the table itself. */
    void compareTable(List<SeenChange> seen, Map<String, String> table) {
        Map<String, String> replayed = new LinkedHashMap<>();
        for (SeenChange change : seen) {
            if (change.removes()) {
                replayed.remove(change.key());
            } else {
                replayed.put(change.key(), change.row());
            }
        }
        table.forEach(
                (key, row) -> {
                    if (!row.equals(replayed.get(key))) {
                        add(
                                Anomaly.LOST,
                                "the table has "
                                        + key
                                        + " -> "
                                        + row
                                        + ", the job's has "
                                        + replayed.get(key));
                    }
                });
        replayed.forEach(
                (key, row) -> {
                    if (!table.containsKey(key)) {
                        add(Anomaly.PHANTOM, "the job's table alone has " + key + " -> " + row);
                    }
                });
    }

    /** Checks that the changes of the stream came in the order of the log, each place once. */
    void checkOrder(List<SeenChange> seen) {
        SeenChange last = null;
        for (SeenChange change : seen) {
            if (change.place() == null) {
                continue;
            }
            if (last != null) {
                int order = compare(last.place(), change.place());
                // Both halves of one UPDATE stand at the same place.
                boolean half = order == 0 && last.removes() && !change.removes();
                if (order > 0 || order == 0 && !half) {
                    add(
                            order == 0 ? Anomaly.DUPLICATED : Anomaly.REORDERED,
                            change + " came after " + last);
                }
            }
            last = change;
        }
    }

    private static int compare(SeenChange.Place a, SeenChange.Place b) {
        int order = Long.compare(a.commit(), b.commit());
        return order != 0 ? order : Long.compare(a.ordinal(), b.ordinal());
    }

    /** Compares the changes of each key with those of its whole history. */
    void compareHistories(List<SeenChange> seen, List<SeenChange> happened) {
        Map<String, List<SeenChange>> seenByKey = byKey(withoutFirstHalves(seen));
        Map<String, List<SeenChange>> happenedByKey = byKey(happened);
        Set<String> keys = new HashSet<>(happenedByKey.keySet());
        keys.addAll(seenByKey.keySet());
        for (String key : keys) {
            compareHistory(
                    key,
                    seenByKey.getOrDefault(key, List.of()),
                    happenedByKey.getOrDefault(key, List.of()));
        }
    }

    /** Leaves out the first half of an UPDATE whose second half has the same key. */
    private List<SeenChange> withoutFirstHalves(List<SeenChange> seen) {
        List<SeenChange> changes = new ArrayList<>(seen.size());
        for (int i = 0; i < seen.size(); i++) {
            SeenChange change = seen.get(i);
            boolean half =
                    change.kind().equals("-U")
                            && i + 1 < seen.size()
                            && seen.get(i + 1).kind().equals("+U")
                            && seen.get(i + 1).key().equals(change.key());
            if (!half) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static Map<String, List<SeenChange>> byKey(List<SeenChange> changes) {
        Map<String, List<SeenChange>> byKey = new LinkedHashMap<>();
        changes.forEach(
                change ->
                        byKey.computeIfAbsent(change.key(), key -> new ArrayList<>()).add(change));
        return byKey;
    }

    private void compareHistory(String key, List<SeenChange> seen, List<SeenChange> happened) {
        boolean fromSnapshot = !seen.isEmpty() && seen.get(0).place() == null;
        List<SeenChange> streamed = fromSnapshot ? seen.subList(1, seen.size()) : seen;
        if (streamed.stream().anyMatch(change -> change.place() == null)) {
            add(Anomaly.DUPLICATED, key + ": the snapshot came again: " + end(seen));
            return;
        }
        int joined = happened.size() - streamed.size();
        if (joined < (fromSnapshot ? 1 : 0)) {
            Anomaly anomaly = happened.isEmpty() ? Anomaly.PHANTOM : Anomaly.DUPLICATED;
            add(anomaly, key + ": seen " + seen + " of " + end(happened));
            return;
        }
        SeenChange before = joined == 0 ? null : happened.get(joined - 1);
        String rowBefore = before == null || before.removes() ? null : before.row();
        String snapshotRow = fromSnapshot ? seen.get(0).row() : null;
        if (!java.util.Objects.equals(rowBefore, snapshotRow)) {
            add(Anomaly.LOST, key + ": seen " + end(seen) + " of " + end(happened));
            return;
        }
        for (int i = 0; i < streamed.size(); i++) {
            SeenChange expected = happened.get(joined + i);
            if (!same(expected, streamed.get(i))) {
                boolean elsewhere = happened.stream().anyMatch(h -> same(h, streamed.get(0)));
                add(
                        elsewhere ? Anomaly.REORDERED : Anomaly.TORN,
                        key + ": seen " + streamed.get(i) + " instead of " + expected);
                return;
            }
        }
    }

    private static boolean same(SeenChange expected, SeenChange seen) {
        return expected.removes() == seen.removes()
                && expected.place().transaction() == seen.place().transaction()
                && (expected.removes() || expected.row().equals(seen.row()));
    }

    private static String end(List<SeenChange> changes) {
        int first = Math.max(0, changes.size() - 4);
        return (first > 0 ? "… " : "") + changes.subList(first, changes.size());
    }
}
