// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.meta.TableMeta;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of the last blocks a table recognizes, and how long. Immutable, therefore thread-safe.
 *
 * @param blocks how many; 0 for none
 * @param seconds how long; 0 for no limit
 */
record DeduplicationWindow(long blocks, long seconds) {

    private static final int SUGGESTED_BLOCKS = 10_000;

    /** The setting of tables that are not replicated. */
    static final String PLAIN = "non_replicated_deduplication_window";

    private static final String REPLICATED = "replicated_deduplication_window";
    private static final String SECONDS = "replicated_deduplication_window_seconds";

    /** The setting of tables that Velo creates for exactly-once. */
    static String suggestedSetting() {
        return PLAIN + " = " + SUGGESTED_BLOCKS;
    }

    /**
     * What the definition of a table that is not replicated says of its window, as the end of a
     * statement that alters the table; the server's own default if it says nothing.
     *
     * @param engine the engine with all that belongs to it
     */
    static String ofItsOwn(String engine) {
        Matcher own = pattern(PLAIN).matcher(engine);
        return own.find()
                ? "MODIFY SETTING " + PLAIN + " = " + own.group(1)
                : "RESET SETTING " + PLAIN;
    }

    private static Pattern pattern(String setting) {
        return Pattern.compile("\\b" + setting + "\\s*=\\s*'?(\\d+)");
    }

    /**
     * The window of a table.
     *
     * @throws io.velo.flink.common.error.VeloException if it has none and may not be given one
     */
    static DeduplicationWindow require(SinkPlan plan, TableMeta meta, HttpTransport transport)
            throws IOException {
        List<String> engine =
                transport
                        .rows(
                                "SELECT engine, engine_full FROM system.tables WHERE database = "
                                        + Sql.text(meta.database())
                                        + " AND name = "
                                        + Sql.text(meta.table()))
                        .get(0);
        if (!engine.get(0).endsWith("MergeTree")) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "Exactly-once needs a table of the MergeTree family, but "
                                    + meta.title()
                                    + " has the engine "
                                    + engine.get(0)
                                    + ".")
                    .at(plan.target().place())
                    .remedy("Name a MergeTree table, or write at-least-once.")
                    .toException();
        }
        boolean replicated =
                engine.get(0).startsWith("Replicated") || engine.get(0).startsWith("Shared");
        DeduplicationWindow window =
                replicated
                        ? new DeduplicationWindow(
                                setting(engine.get(1), REPLICATED, true, transport),
                                setting(engine.get(1), SECONDS, true, transport))
                        : new DeduplicationWindow(
                                setting(engine.get(1), PLAIN, false, transport), 0);
        return window.blocks > 0 ? window : opened(plan, meta, replicated, transport);
    }

    private static DeduplicationWindow opened(
            SinkPlan plan, TableMeta meta, boolean replicated, HttpTransport transport)
            throws IOException {
        String alter =
                "ALTER TABLE "
                        + Sql.table(meta.database(), meta.table())
                        + " MODIFY SETTING "
                        + (replicated ? REPLICATED : PLAIN)
                        + " = "
                        + SUGGESTED_BLOCKS;
        if (plan.autoTune()) {
            transport.rows(alter);
            return new DeduplicationWindow(SUGGESTED_BLOCKS, 0);
        }
        throw Problem.of(
                        ErrorCode.CAPABILITY_COMBINATION,
                        "Exactly-once needs a deduplication window, but table "
                                + meta.title()
                                + " has none: a block that is sent twice would be stored twice.")
                .at(plan.target().place())
                .remedy("Run: " + alter + "; or set 'auto-tune'='true', or 'commit-marker'='true'.")
                .toException();
    }

    private static long setting(
            String engine, String name, boolean replicated, HttpTransport transport)
            throws IOException {
        Matcher own = pattern(name).matcher(engine);
        if (own.find()) {
            return Long.parseLong(own.group(1));
        }
        String table = replicated ? "replicated_merge_tree_settings" : "merge_tree_settings";
        return Long.parseLong(
                transport
                        .rows("SELECT value FROM system." + table + " WHERE name = '" + name + "'")
                        .get(0)
                        .get(0));
    }

    /**
     * What to warn of if the blocks under way alone can fill it, for then no block may go out a
     * second time: a lost answer ends the job. Empty if they cannot.
     *
     * @param together the most blocks that are inserted at the same time
     * @param partitions that one block may have rows of
     */
    String tooSmall(int together, int partitions) {
        long entries = (long) together * partitions;
        if (entries < blocks) {
            return "";
        }
        return "The deduplication window ("
                + describe()
                + ") is not larger than the "
                + entries
                + " entries of "
                + together
                + " blocks with rows of "
                + partitions
                + " partitions each: if an answer is lost, the job fails with "
                + ErrorCode.IO_NOT_RESUMABLE.text()
                + ". Make the window larger, lower 'max-in-flight', or set"
                + " 'commit-marker'='true'.";
    }

    /** The window in words. */
    String describe() {
        return blocks + " blocks" + (seconds > 0 ? ", " + seconds + " s" : "");
    }
}
