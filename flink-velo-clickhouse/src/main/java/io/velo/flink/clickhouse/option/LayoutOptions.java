// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How rows are laid out in a table while they are written, and merged afterwards. */
public final class LayoutOptions {

    /** Which OPTIMIZE statements run. */
    public enum Optimize {
        /** None. */
        OFF,
        /** The parts of a partition are merged. */
        PARTITION,
        /** The same, to one part. */
        FINAL,
        /** The same, and rows that are equal in all columns become one. */
        DEDUPLICATE
    }

    /** Which rows one subtask writes. */
    public enum Shuffle {
        /** Those that reach it. */
        NONE,
        /** All of a partition. */
        PARTITION
    }

    /** Who chooses the shard of a row of a Distributed table. */
    public enum WriteMode {
        /** The server. */
        SERVER,
        /** The sink, which writes to the shards themselves. */
        LOCAL
    }

    /** Whether rows are sorted before they are sent. */
    public static final SchemeOption<Boolean> SORT_ROWS =
            SchemeOption.of(
                            "sort-rows",
                            ValueKind.FLAG,
                            "Sort the rows of a block by the columns that the table's ORDER BY"
                                    + " starts with, which spares the server the work.")
                    .defaultValue(false)
                    .forSink();

    /** Which rows one subtask writes. */
    public static final SchemeOption<Shuffle> SHUFFLE =
            SchemeOption.of(
                            "shuffle",
                            ValueKind.oneOf(Shuffle.class),
                            "partition lets one subtask write all rows of a partition, so that"
                                    + " there are few and large parts.")
                    .defaultValue(Shuffle.NONE)
                    .forSink();

    /** Which OPTIMIZE statements run. */
    public static final SchemeOption<Optimize> OPTIMIZE =
            SchemeOption.of(
                            "optimize",
                            ValueKind.of(
                                    Optimize.class,
                                    "one of false, partition (true), final, deduplicate",
                                    LayoutOptions::optimize),
                            "OPTIMIZE that the sink runs on partitions that got rows, when a"
                                    + " bounded job ends and at most once per optimize.min-interval"
                                    + " after a checkpoint of a streaming job.")
                    .defaultInWords("false")
                    .forSink();

    /** The shortest time between two rounds of OPTIMIZE. */
    public static final SchemeOption<Duration> OPTIMIZE_MIN_INTERVAL =
            SchemeOption.of(
                            "optimize.min-interval",
                            ValueKind.DURATION,
                            "Shortest time between two rounds of OPTIMIZE.")
                    .defaultValue(Duration.ofMinutes(10))
                    .forSink();

    /** Who chooses the shard of a row of a Distributed table. */
    public static final SchemeOption<WriteMode> WRITE_MODE =
            SchemeOption.of(
                            "write-mode",
                            ValueKind.oneOf(WriteMode.class),
                            "How a Distributed table is written: server sends blocks to it, local"
                                    + " evaluates its sharding key and sends each row to its"
                                    + " shard's own server.")
                    .defaultValue(WriteMode.SERVER)
                    .forSink();

    /** All of them. */
    public static final List<SchemeOption<?>> ALL =
            List.of(SORT_ROWS, SHUFFLE, WRITE_MODE, OPTIMIZE, OPTIMIZE_MIN_INTERVAL);

    private LayoutOptions() {}

    private static Optimize optimize(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "false" -> Optimize.OFF;
            case "true", "partition" -> Optimize.PARTITION;
            case "final" -> Optimize.FINAL;
            case "deduplicate" -> Optimize.DEDUPLICATE;
            default -> throw new IllegalArgumentException();
        };
    }
}
