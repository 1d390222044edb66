// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Compares the answer of a lookup with what it could have seen. */
final class SeenLookups {

    private final Written written;

    SeenLookups(Written written) {
        this.written = written;
    }

    /**
     * An answer is fresh if it is a state of the key that was not replaced before {@code asked -
     * age}.
     */
    void check(long key, Version found, long askedNanos, Duration age, Findings findings) {
        List<Written.State> states = written.states(key);
        int place = place(states, found);
        if (place < 0 && found != null) {
            findings.add(Anomaly.PHANTOM, "a lookup gave " + found);
            return;
        }
        if (found != null && !states.get(place).row().equals(found)) {
            findings.add(Anomaly.TORN, "a lookup gave " + found);
            return;
        }
        boolean replaced = place + 1 < states.size();
        if (replaced && states.get(place + 1).since() < askedNanos - age.toNanos()) {
            findings.add(
                    Anomaly.STALE, "a lookup of key " + key + " gave " + Objects.toString(found));
        }
    }

    /** The last state that gives this answer; -1 is the time before the first one. */
    private static int place(List<Written.State> states, Version found) {
        for (int i = states.size() - 1; i >= 0; i--) {
            if (isSame(states.get(i).row(), found)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(Version written, Version found) {
        if (written == null || found == null) {
            return written == found;
        }
        return written.writer() == found.writer() && written.sequence() == found.sequence();
    }
}
