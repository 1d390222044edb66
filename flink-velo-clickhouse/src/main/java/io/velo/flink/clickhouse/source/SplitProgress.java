// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far the reading of a split got. Per row it only notes where the row stands; keys and
 * fingerprints are looked at when a block ends and when a checkpoint asks. Runs in the task's
 * thread.
 */
final class SplitProgress {

    private final ClickHouseSplit split;
    private long emitted;
    private Block block;
    private int row;

    /** Rows of one key at the end of the blocks before the current one. */
    private List<String> carriedKey = List.of();

    private List<UUID> carried = new ArrayList<>();

    SplitProgress(ClickHouseSplit split) {
        this.split = split;
        this.emitted = split.emitted();
        split.point()
                .ifPresent(
                        point -> {
                            carriedKey = point.key();
                            carried = new ArrayList<>(point.seen());
                        });
    }

    /** Notes that this row was handed out. */
    void emitted(Block current, int index) {
        if (current != block) {
            carry();
            block = current;
        }
        row = index;
        emitted++;
    }

    /** The split as it has to be read on. */
    ClickHouseSplit toSplit() {
        if (block == null) {
            return split;
        }
        if (!block.isOrdered()) {
            return split.at(emitted, Optional.empty());
        }
        List<UUID> seen = rowsOfKey();
        return seen.size() > ResumePoint.MOST_ROWS
                ? split.at(emitted, Optional.empty())
                : split.at(emitted, Optional.of(new ResumePoint(block.key(row), seen)));
    }

    private void carry() {
        if (block != null && block.isOrdered()) {
            carried = rowsOfKey();
            carriedKey = block.key(row);
        }
    }

    /**
     * Fingerprints of the rows handed out that have the key of the current row; one more than the
     * most that are remembered stands for too many.
     */
    private List<UUID> rowsOfKey() {
        List<UUID> seen = new ArrayList<>();
        int index = row;
        while (index >= 0 && block.hasSameKey(index, row)) {
            if (!block.isSkipped(index)) {
                seen.add(block.fingerprint(index));
                if (seen.size() > ResumePoint.MOST_ROWS) {
                    return seen;
                }
            }
            index--;
        }
        if (index < 0 && block.key(row).equals(carriedKey)) {
            int room = ResumePoint.MOST_ROWS + 1 - seen.size();
            seen.addAll(carried.subList(0, Math.min(room, carried.size())));
        }
        return seen;
    }
}
