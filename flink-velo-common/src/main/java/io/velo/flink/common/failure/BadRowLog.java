// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.failure;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs rows that are left out: the first three of a checkpoint one by one, the others in one line
 * at its end. No line holds anything of a row's data; servers quote values in their messages, so
 * these are logged at DEBUG only. For one thread.
 */
final class BadRowLog {

    /** Lines for single rows between two checkpoints. */
    static final int SINGLE_LINES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(BadRowLog.class);

    private final DeadLetterOrigin origin;
    private final Map<String, Integer> byCode = new TreeMap<>();
    private long rows;

    BadRowLog(DeadLetterOrigin origin) {
        this.origin = origin;
    }

    void skipped(BadRow row) {
        rows++;
        String code = DeadLetterRows.code(row);
        byCode.merge(code, 1, Integer::sum);
        if (rows <= SINGLE_LINES) {
            LOG.warn(
                    "A row of {} {} was left out: {} in stage {}{}.",
                    origin.role(),
                    origin.table(),
                    code,
                    DeadLetterRows.word(row.stage()),
                    row.position().isEmpty() ? "" : " at " + row.position());
        }
        LOG.debug("A row of {} was left out.", origin.table(), row.error());
    }

    void summary() {
        if (rows > SINGLE_LINES) {
            LOG.warn(
                    "{} rows of {} {} were left out since the last checkpoint: {}.",
                    rows,
                    origin.role(),
                    origin.table(),
                    byCode.entrySet().stream()
                            .map(entry -> entry.getValue() + " x " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        rows = 0;
        byCode.clear();
    }
}
