// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;

/** How a table is read on and on. */
public final class FollowOptions {

    /** Whether a scan ends. */
    public enum Mode {
        /** It reads what is there, and ends. */
        BOUNDED,
        /** It reads what is there and then what comes, by a column that grows. */
        INCREMENTAL
    }

    /** Whether a scan ends. */
    public static final SchemeOption<Mode> SCAN_MODE =
            SchemeOption.of(
                            "scan.mode",
                            ValueKind.oneOf(Mode.class),
                            "bounded reads the table once; incremental goes on with the rows that"
                                    + " come, by scan.cursor-column.")
                    .defaultValue(Mode.BOUNDED)
                    .forSource();

    /** The column that grows. */
    public static final SchemeOption<String> SCAN_CURSOR_COLUMN =
            SchemeOption.of(
                            "scan.cursor-column",
                            ValueKind.TEXT,
                            "Column of the table whose values grow from insert to insert, for"
                                    + " scan.mode=incremental: DateTime, DateTime64 or a whole"
                                    + " number.")
                    .forSource();

    /** How long a row may take to be seen. */
    public static final SchemeOption<Duration> LAG =
            SchemeOption.of(
                            "lag",
                            ValueKind.DURATION,
                            "How far an incremental scan stays behind the server's clock, for a"
                                    + " cursor of time: the longest time from the value of a row"
                                    + " to its being visible.")
                    .defaultValue(Duration.ofSeconds(5))
                    .forSource();

    /** How often new rows are asked for. */
    public static final SchemeOption<Duration> POLL_INTERVAL =
            SchemeOption.of(
                            "poll-interval",
                            ValueKind.DURATION,
                            "Time from one question for new rows to the next, for"
                                    + " scan.mode=incremental.")
                    .defaultValue(Duration.ofSeconds(1))
                    .forSource();

    private FollowOptions() {}
}
