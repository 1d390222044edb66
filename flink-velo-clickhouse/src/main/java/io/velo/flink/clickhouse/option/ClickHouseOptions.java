// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import java.time.ZoneId;
import org.apache.flink.configuration.MemorySize;

/** The options of the ClickHouse scheme. */
public final class ClickHouseOptions {

    /** Wire formats that the product knows. */
    public enum WireFormat {
        /** ClickHouse's own column format, the only one of this version. */
        NATIVE,
        /** Rows in binary. */
        ROWBINARY,
        /** One JSON object per row. */
        JSON,
        /** Tab-separated text. */
        TSV,
        /** Apache Parquet. */
        PARQUET,
        /** Apache Arrow. */
        ARROW
    }

    /** What becomes of removals that the engine has no rows for. */
    public enum DeleteMode {
        /** The query is refused. */
        FAIL,
        /** They are left out. */
        IGNORE,
        /** A lightweight DELETE removes the rows. */
        LIGHTWEIGHT
    }

    /** What becomes of NULL in a column that takes none. */
    public enum NullMode {
        /** The row is refused. */
        FAIL,
        /** The column takes its default. */
        DEFAULT
    }

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
                                    ClickHouseOptions::positive),
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

    /** The table. */
    public static final SchemeOption<String> TABLE =
            SchemeOption.of(
                    "table",
                    ValueKind.TEXT,
                    "Table in the database that the path names; db.table in the path is the same.");

    /** Whether to use TLS. */
    public static final SchemeOption<Boolean> SSL =
            SchemeOption.of(
                            "ssl",
                            ValueKind.FLAG,
                            "Use HTTPS, on port 8443 unless the URI has one; clickhouses:// is the"
                                    + " same.")
                    .defaultValue(false);

    /** The HTTP port of all hosts. */
    public static final SchemeOption<Integer> HTTP_PORT =
            SchemeOption.of(
                            "http-port",
                            ValueKind.of(
                                    Integer.class,
                                    "a port from 1 to 65535",
                                    ClickHouseOptions::port),
                            "HTTP port of the hosts, where the URI has the native port.")
                    .defaultInWords("8123, or 8443 with TLS");

    /** The wire format. */
    public static final SchemeOption<WireFormat> FORMAT =
            SchemeOption.of(
                            "format",
                            ValueKind.oneOf(WireFormat.class),
                            "Format on the wire; this version has native only.")
                    .defaultValue(WireFormat.NATIVE);

    /** The compression on the wire. */
    public static final SchemeOption<Compression> COMPRESSION =
            SchemeOption.of(
                            "compression",
                            ValueKind.oneOf(Compression.class),
                            "Compression on the wire: lz4 in a local network, zstd over longer ways.")
                    .defaultValue(Compression.LZ4);

    /** The zone of local times. */
    public static final SchemeOption<ZoneId> TIMEZONE =
            SchemeOption.of(
                            "timezone",
                            ValueKind.of(
                                    ZoneId.class,
                                    "a time zone such as Europe/Berlin or UTC",
                                    text -> ZoneId.of(text.trim())),
                            "Zone of TIMESTAMP values in columns whose type names no zone.")
                    .defaultInWords("the server's");

    /** Rows per block. */
    public static final SchemeOption<Integer> BATCH_SIZE =
            CommonOptions.BATCH_SIZE.defaultValue(100_000);

    /** Bytes per block. */
    public static final SchemeOption<MemorySize> BATCH_BYTES =
            CommonOptions.BATCH_BYTES
                    .defaultValue(MemorySize.ofMebiBytes(32))
                    .describedAs(
                            "Bytes that are written together at the most, before compression.");

    /** The longest wait. */
    public static final SchemeOption<Duration> BATCH_TIMEOUT =
            CommonOptions.BATCH_TIMEOUT.defaultValue(Duration.ofSeconds(1));

    /** Blocks under way. */
    public static final SchemeOption<Integer> MAX_IN_FLIGHT =
            CommonOptions.MAX_IN_FLIGHT.defaultValue(2);

    /** The deadline of an insert. */
    public static final SchemeOption<Duration> INSERT_TIMEOUT =
            SchemeOption.of(
                            "insert-timeout",
                            ValueKind.DURATION,
                            "Longest time from the start of one insert to its acknowledgement.")
                    .defaultValue(Duration.ofSeconds(240))
                    .forSink();

    /** The longest silence of the server. */
    public static final SchemeOption<Duration> SOCKET_TIMEOUT =
            SchemeOption.of(
                            "socket-timeout",
                            ValueKind.DURATION,
                            "Longest silence of the server while it answers a query.")
                    .defaultValue(Duration.ofSeconds(60));

    /** The engine. */
    public static final SchemeOption<String> ENGINE =
            SchemeOption.of(
                            "engine",
                            ValueKind.TEXT,
                            "Engine for auto-create, such as ReplacingMergeTree(version); without"
                                    + " auto-create the table must have this engine.")
                    .forSink();

    /** Whether to create the table. */
    public static final SchemeOption<Boolean> AUTO_CREATE =
            SchemeOption.of(
                            "auto-create",
                            ValueKind.FLAG,
                            "Create the table from the Flink columns if it is missing, ordered by"
                                    + " the primary key.")
                    .defaultValue(false)
                    .forSink();

    /** What becomes of removals that the engine has no rows for. */
    public static final SchemeOption<DeleteMode> DELETE_MODE =
            SchemeOption.of(
                            "delete-mode",
                            ValueKind.oneOf(DeleteMode.class),
                            "What becomes of deletes where the engine has no rows for them: the"
                                    + " query is refused, they are left out, or a lightweight"
                                    + " DELETE by key runs at each checkpoint.")
                    .defaultValue(DeleteMode.FAIL)
                    .forSink();

    /** What becomes of NULL in a column that takes none. */
    public static final SchemeOption<NullMode> NULL_MODE =
            SchemeOption.of(
                            "null-mode",
                            ValueKind.oneOf(NullMode.class),
                            "What becomes of NULL in a column that is not Nullable: the row is"
                                    + " refused, or the column takes its DEFAULT.")
                    .defaultValue(NullMode.FAIL)
                    .forSink();

    /** The column that fills the engine's version. */
    public static final SchemeOption<String> VERSION_COLUMN =
            SchemeOption.of(
                            "version-column",
                            ValueKind.TEXT,
                            "Flink column whose value fills the version column of a"
                                    + " ReplacingMergeTree or VersionedCollapsingMergeTree, such"
                                    + " as a log position; else a clock does, or the column of the"
                                    + " same name.")
                    .forSink();

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

    /** Options of the product that this version does not have. */
    public static final String[] NOT_BUILT = {
        "optimize",
        "optimize.",
        "lag",
        "use-local",
        "bigint-mode",
        "fixed-string",
        "scan.mode",
        "scan.cursor-column",
        "lookup-dictionary"
    };

    private ClickHouseOptions() {}

    private static Long positive(String text) {
        long number = Long.parseLong(text.trim());
        if (number < 1) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static Integer port(String text) {
        int port = Integer.parseInt(text.trim());
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException();
        }
        return port;
    }
}
