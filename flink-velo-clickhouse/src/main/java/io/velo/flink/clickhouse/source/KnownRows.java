// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Leaves out the rows at the start of a resumed scan that were handed out before. Runs in the
 * fetcher's thread.
 */
final class KnownRows {

    private final List<String> key;
    private final Map<UUID, Integer> counts = new HashMap<>();
    private boolean passed;

    KnownRows(ResumePoint point) {
        key = point.key();
        point.seen().forEach(fingerprint -> counts.merge(fingerprint, 1, Integer::sum));
    }

    /** Marks the rows of this block that are known, until the key is passed. */
    void markIn(Block block) {
        for (int row = 0; row < block.rows() && !passed; row++) {
            if (!block.key(row).equals(key)) {
                passed = true;
            } else if (forget(block.fingerprint(row))) {
                block.skip(row);
            }
        }
    }

    private boolean forget(UUID fingerprint) {
        Integer count = counts.get(fingerprint);
        if (count == null || count == 0) {
            return false;
        }
        counts.put(fingerprint, count - 1);
        return true;
    }
}
