// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;

/** How rows come into a ClickHouse table exactly once. */
public final class ExactlyOnceOptions {

    /** Where blocks wait for their checkpoint. */
    public enum Staging {
        /** In Flink's state. */
        STATE,
        /** In files. */
        FILESYSTEM
    }

    /** What happens to a block that the table may have forgotten. */
    public enum ExpiredWindow {
        /** The job fails. */
        FAIL,
        /** It is inserted, perhaps a second time. */
        RESEND
    }

    /** Whether rows name their block. */
    public static final SchemeOption<Boolean> COMMIT_MARKER =
            SchemeOption.of(
                            "commit-marker",
                            ValueKind.FLAG,
                            "Under exactly-once, let the column _velo_txn of a MergeTree name the"
                                    + " block of each row, instead of relying on the table's"
                                    + " deduplication window.")
                    .defaultValue(false)
                    .forSink();

    /** Where blocks wait for their checkpoint. */
    public static final SchemeOption<Staging> STAGING =
            SchemeOption.of(
                            "staging",
                            ValueKind.oneOf(Staging.class),
                            "Where blocks wait for their checkpoint under exactly-once: in Flink's"
                                    + " state or in files of staging-path.")
                    .defaultValue(Staging.STATE)
                    .forSink();

    /** The folder of staged blocks. */
    public static final SchemeOption<String> STAGING_PATH =
            SchemeOption.of(
                            "staging-path",
                            ValueKind.TEXT,
                            "Folder on a file system of Flink for staging=filesystem, such as"
                                    + " s3://bucket/velo; every task manager must reach it.")
                    .forSink();

    /** What happens to a block that the table may have forgotten. */
    public static final SchemeOption<ExpiredWindow> EXPIRED_WINDOW =
            SchemeOption.of(
                            "expired-window",
                            ValueKind.oneOf(ExpiredWindow.class),
                            "What happens under exactly-once if a job starts again so late that the"
                                    + " deduplication window may have passed: it fails, or it sends"
                                    + " blocks again that may then be there twice.")
                    .defaultValue(ExpiredWindow.FAIL)
                    .forSink();

    /** Whether the table may be changed. */
    public static final SchemeOption<Boolean> AUTO_TUNE =
            SchemeOption.of(
                            "auto-tune",
                            ValueKind.FLAG,
                            "Give a table without a deduplication window one when exactly-once"
                                    + " needs it.")
                    .defaultValue(false)
                    .forSink();

    private ExactlyOnceOptions() {}
}
