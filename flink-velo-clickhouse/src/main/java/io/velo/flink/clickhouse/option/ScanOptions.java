// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import org.apache.flink.configuration.MemorySize;

/** What is read of ClickHouse, and how. */
public final class ScanOptions {

    /** Where a scan goes on after a failure. */
    public enum Resume {
        /** Behind the last row of the checkpoint, in the order of the sorting key. */
        CURSOR,
        /** At the start of the split that was being read. */
        SPLIT
    }

    /** How up to date replicas have to be. */
    public enum Consistency {
        /** As the server does by itself. */
        DEFAULT,
        /** All acknowledged inserts are seen, where they were written with a quorum. */
        SEQUENTIAL
    }

    /** A query instead of a table. */
    public static final SchemeOption<String> QUERY =
            SchemeOption.of(
                            "query",
                            ValueKind.TEXT,
                            "SELECT statement of the server whose result is the table; it cannot"
                                    + " write. Not together with table.")
                    .forSource();

    /** Rows per split. */
    public static final SchemeOption<Long> SPLIT_ROWS =
            SchemeOption.of(
                            "split-rows",
                            ValueKind.of(
                                    Long.class,
                                    "a whole number of rows from 1",
                                    ScanOptions::positive),
                            "Rows that one split of a parallel scan reads, about.")
                    .defaultValue(5_000_000L)
                    .forSource();

    /** Bytes per split. */
    public static final SchemeOption<MemorySize> SPLIT_BYTES =
            SchemeOption.of(
                            "split-bytes",
                            CommonOptions.BATCH_BYTES.kind(),
                            "Bytes on the server's disk that one split of a parallel scan reads,"
                                    + " about.")
                    .defaultValue(MemorySize.ofMebiBytes(512))
                    .forSource();

    /** Where a scan goes on. */
    public static final SchemeOption<Resume> SCAN_RESUME =
            SchemeOption.of(
                            "scan.resume",
                            ValueKind.oneOf(Resume.class),
                            "Where a scan goes on after a failure: cursor reads in the order of the"
                                    + " sorting key, split reads faster.")
                    .defaultInWords("cursor in streaming jobs with checkpoints, else split")
                    .forSource();

    /** How up to date replicas have to be. */
    public static final SchemeOption<Consistency> SCAN_CONSISTENCY =
            SchemeOption.of(
                            "scan.consistency",
                            ValueKind.oneOf(Consistency.class),
                            "sequential asks replicated tables for all acknowledged inserts.")
                    .defaultValue(Consistency.DEFAULT)
                    .forSource();

    /** Whether shards are read themselves. */
    public static final SchemeOption<Boolean> USE_LOCAL =
            SchemeOption.of(
                            "use-local",
                            ValueKind.FLAG,
                            "Read the shards of a Distributed table from their own servers, in"
                                    + " parallel; false reads through the Distributed table.")
                    .defaultValue(true)
                    .forSource();

    /** The dictionary that answers lookups. */
    public static final SchemeOption<String> LOOKUP_DICTIONARY =
            SchemeOption.of(
                            "lookup-dictionary",
                            ValueKind.TEXT,
                            "Dictionary of the server, name or database.name, that answers lookup"
                                    + " joins by dictGet, instead of the table.")
                    .forSource();

    private ScanOptions() {}

    private static Long positive(String text) {
        long number = Long.parseLong(text.trim());
        if (number < 1) {
            throw new IllegalArgumentException();
        }
        return number;
    }
}
