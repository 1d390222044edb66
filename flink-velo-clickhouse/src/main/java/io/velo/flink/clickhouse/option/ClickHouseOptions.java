// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.option;

import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.clickhouse.codec.WireFormat;
import io.velo.flink.common.option.CommonOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import java.time.Duration;
import java.time.ZoneId;
import org.apache.flink.configuration.MemorySize;

/** The options of the ClickHouse scheme. */
public final class ClickHouseOptions {

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
                            "Format on the wire: native, rowbinary, json, tsv, parquet or arrow."
                                    + " Native is the fastest.")
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

    /**
     * Rows per block where rows are kept beside it, as objects that take several times its room.
     */
    public static final int ROWS_OF_KEPT_BLOCK = 100_000;

    /** Rows per block. */
    public static final SchemeOption<Integer> BATCH_SIZE =
            CommonOptions.BATCH_SIZE
                    .defaultValue(500_000)
                    .defaultInWords(
                            "500000, or 100000 if failure.strategy lets the job go on without a"
                                    + " bad row");

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

    private ClickHouseOptions() {}

    private static Integer port(String text) {
        int port = Integer.parseInt(text.trim());
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException();
        }
        return port;
    }
}
