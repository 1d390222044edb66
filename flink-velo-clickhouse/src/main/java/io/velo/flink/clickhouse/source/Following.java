// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.source;

import io.velo.flink.clickhouse.option.FollowOptions;
import io.velo.flink.clickhouse.option.ScanOptions;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * How an incremental scan follows a table, decided from the options. Immutable.
 *
 * @param column the column whose values grow
 * @param lagMillis how far to stay behind the server's clock
 * @param lagGiven whether the user chose that
 * @param pollMillis time from one question for new rows to the next
 */
record Following(String column, long lagMillis, boolean lagGiven, long pollMillis)
        implements Serializable {

    private static final List<SchemeOption<?>> OWN =
            List.of(
                    FollowOptions.SCAN_CURSOR_COLUMN,
                    FollowOptions.LAG,
                    FollowOptions.POLL_INTERVAL);

    /**
     * The way to follow, or nothing for a scan that ends.
     *
     * @param place the redacted URI
     * @throws io.velo.flink.common.error.VeloException if options are missing or contradict
     */
    static Optional<Following> of(ResolvedOptions options, String place) {
        Problems problems = new Problems();
        FollowOptions.Mode mode = options.get(FollowOptions.SCAN_MODE);
        switch (mode) {
            case BOUNDED -> checkBounded(options, place, problems);
            case INCREMENTAL -> checkIncremental(options, place, problems);
        }
        problems.throwIfAny();
        return mode == FollowOptions.Mode.BOUNDED
                ? Optional.empty()
                : Optional.of(
                        new Following(
                                options.get(FollowOptions.SCAN_CURSOR_COLUMN),
                                options.get(FollowOptions.LAG).toMillis(),
                                options.isSet(FollowOptions.LAG),
                                Math.max(1, options.get(FollowOptions.POLL_INTERVAL).toMillis())));
    }

    private static void checkBounded(ResolvedOptions options, String place, Problems problems) {
        for (SchemeOption<?> option : OWN) {
            if (options.isSet(option)) {
                problems.add(
                        Problem.of(
                                        ErrorCode.OPTION_CONFLICT,
                                        "Option '"
                                                + option.key()
                                                + "' is for incremental scans, and this scan reads"
                                                + " the table once.")
                                .at(place)
                                .remedy("Add scan.mode=incremental, or remove the option."));
            }
        }
    }

    private static void checkIncremental(ResolvedOptions options, String place, Problems problems) {
        if (!options.isSet(FollowOptions.SCAN_CURSOR_COLUMN)) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_MISSING,
                                    "An incremental scan needs the column by which it finds new"
                                            + " rows.")
                            .at(place)
                            .remedy(
                                    "Give scan.cursor-column: a DateTime, a DateTime64 or a whole"
                                            + " number that grows from insert to insert."));
        }
        boolean bySplit =
                options.find(ScanOptions.SCAN_RESUME)
                        .filter(asked -> asked == ScanOptions.Resume.SPLIT)
                        .isPresent();
        if (bySplit) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "An incremental scan always goes on behind the last row, so"
                                            + " scan.resume=split cannot be had.")
                            .at(place)
                            .remedy("Remove scan.resume."));
        }
    }
}
