// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.option.ValueKind;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.OnSchemaChange;
import io.velo.flink.postgres.cdc.OnTruncate;
import io.velo.flink.postgres.cdc.Origin;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.WalExceeded;
import io.velo.flink.postgres.cdc.WireFormat;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;

/** The options of change data capture. */
final class CaptureOptions {

    static final SchemeOption<List<String>> TABLES =
            SchemeOption.of(
                            "tables",
                            ValueKind.LIST,
                            "With cdc: tables as schema.table, * stands for any text; their changes"
                                    + " come as envelopes.")
                    .defaultInWords("all")
                    .forSource();

    static final SchemeOption<Startup> SCAN_STARTUP =
            SchemeOption.of(
                            "scan.startup",
                            ValueKind.oneOf(Startup.class),
                            "With cdc: begin with the existing rows and go on with changes, read the"
                                    + " rows only (no slot is made, the job ends), begin with the"
                                    + " next change, or with what an existing slot has kept.")
                    .defaultValue(Startup.INITIAL)
                    .forSource();

    static final SchemeOption<String> SLOT_NAME =
            SchemeOption.of(
                            "slot.name",
                            ValueKind.TEXT,
                            "With cdc: the replication slot, of a-z, 0-9 and _; one that exists is"
                                    + " used.")
                    .defaultInWords("derived from job and table")
                    .forSource();

    static final SchemeOption<String> PUBLICATION_NAME =
            SchemeOption.of(
                            "publication.name",
                            ValueKind.TEXT,
                            "With cdc: the publication; missing tables are added, none is taken"
                                    + " out.")
                    .defaultInWords("the slot's name")
                    .forSource();

    static final SchemeOption<Boolean> SLOT_FAILOVER =
            SchemeOption.of(
                            "slot.failover",
                            ValueKind.FLAG,
                            "With cdc: whether the new slot is kept on standbys, too (PostgreSQL"
                                    + " 17).")
                    .defaultValue(false)
                    .forSource();

    static final SchemeOption<Duration> SLOT_CREATE_TIMEOUT =
            SchemeOption.of(
                            "slot.create-timeout",
                            ValueKind.DURATION,
                            "With cdc: the longest wait for running transactions when the slot is"
                                    + " made.")
                    .defaultValue(Duration.ofMinutes(5))
                    .forSource();

    static final SchemeOption<Integer> ACK_CHECKPOINT_DELAY =
            SchemeOption.of(
                            "ack.checkpoint-delay",
                            ValueKind.integer("checkpoints", 0, 1000),
                            "With cdc: how many checkpoints later the server may forget what a"
                                    + " checkpoint has passed; so many older checkpoints can be"
                                    + " restored.")
                    .defaultValue(1)
                    .forSource();

    static final SchemeOption<MemorySize> WAL_MAX_RETAINED =
            SchemeOption.of(
                            "wal.max-retained",
                            ValueKind.BYTES,
                            "With cdc: how much of the server's log the slot may hold back.")
                    .defaultInWords("any amount")
                    .forSource();

    static final SchemeOption<WalExceeded> WAL_ON_EXCEED =
            SchemeOption.of(
                            "wal.on-exceed",
                            ValueKind.oneOf(WalExceeded.class),
                            "With cdc: what happens above wal.max-retained.")
                    .defaultValue(WalExceeded.WARN)
                    .forSource();

    static final SchemeOption<OnLostSlot> ON_LOST_SLOT =
            SchemeOption.of(
                            "on-lost-slot",
                            ValueKind.oneOf(OnLostSlot.class),
                            "With cdc: what happens when the slot is gone, invalidated or moved, or"
                                    + " on a server that lacks what was read: the job fails for"
                                    + " good, or makes a new slot and reads all tables again, not"
                                    + " exactly once then.")
                    .defaultValue(OnLostSlot.FAIL)
                    .forSource();

    static final SchemeOption<Duration> HEARTBEAT_INTERVAL =
            SchemeOption.of(
                            "heartbeat.interval",
                            ValueKind.DURATION,
                            "With cdc: how often a message is written to the server's log; not"
                                    + " needed to let the slot move on.")
                    .defaultValue(Duration.ZERO)
                    .forSource();

    static final SchemeOption<Boolean> STREAMING =
            SchemeOption.of(
                            "streaming",
                            ValueKind.FLAG,
                            "With cdc: whether the server sends large transactions while they run;"
                                    + " they wait on the task manager's disk until they commit.")
                    .defaultValue(false)
                    .forSource();

    static final SchemeOption<Origin> ORIGIN =
            SchemeOption.of(
                            "origin",
                            ValueKind.oneOf(Origin.class),
                            "With cdc: any change, or with none those only that were made on this"
                                    + " server (PostgreSQL 16).")
                    .defaultValue(Origin.ANY)
                    .forSource();

    static final SchemeOption<WireFormat> FORMAT =
            SchemeOption.of(
                            "format",
                            ValueKind.oneOf(WireFormat.class),
                            "With cdc: the form in which the server sends values; auto is binary"
                                    + " where every column can be read so.")
                    .defaultValue(WireFormat.AUTO)
                    .forSource();

    static final SchemeOption<ChangelogForm> CHANGELOG =
            SchemeOption.of(
                            "changelog",
                            ValueKind.oneOf(ChangelogForm.class),
                            "With cdc: the kinds of rows. auto is upsert where a PRIMARY KEY is"
                                    + " declared or found, otherwise all, which needs REPLICA"
                                    + " IDENTITY FULL; append makes every row an insert.")
                    .defaultValue(ChangelogForm.AUTO)
                    .forSource();

    static final SchemeOption<UnchangedToast> TOAST_UNCHANGED =
            SchemeOption.of(
                            "toast.unchanged",
                            ValueKind.oneOf(UnchangedToast.class),
                            "With cdc: what becomes of a large value that an update left as it was"
                                    + " and that the server therefore did not send: it fails, is"
                                    + " NULL and named in unchanged_columns, or is read from the"
                                    + " table.")
                    .defaultValue(UnchangedToast.FAIL)
                    .forSource();

    static final SchemeOption<OnTruncate> ON_TRUNCATE =
            SchemeOption.of(
                            "on-truncate",
                            ValueKind.oneOf(OnTruncate.class),
                            "With cdc: what becomes of a TRUNCATE; emit is for envelopes.")
                    .defaultValue(OnTruncate.FAIL)
                    .forSource();

    static final SchemeOption<OnSchemaChange> ON_SCHEMA_CHANGE =
            SchemeOption.of(
                            "on-schema-change",
                            ValueKind.oneOf(OnSchemaChange.class),
                            "With cdc: what becomes of a column that was dropped or renamed; new"
                                    + " columns never matter.")
                    .defaultValue(OnSchemaChange.FAIL)
                    .forSource();

    static final SchemeOption<Boolean> TRANSACTION_MARKERS =
            SchemeOption.of(
                            "transaction.markers",
                            ValueKind.FLAG,
                            "With cdc: whether envelopes BEGIN and COMMIT stand around the changes"
                                    + " of each transaction.")
                    .defaultValue(false)
                    .forSource();

    /** All of them, in the order of the documentation. */
    static final List<SchemeOption<?>> ALL =
            List.of(
                    TABLES,
                    SCAN_STARTUP,
                    CHANGELOG,
                    SLOT_NAME,
                    PUBLICATION_NAME,
                    SLOT_FAILOVER,
                    SLOT_CREATE_TIMEOUT,
                    ACK_CHECKPOINT_DELAY,
                    ON_LOST_SLOT,
                    WAL_MAX_RETAINED,
                    WAL_ON_EXCEED,
                    HEARTBEAT_INTERVAL,
                    STREAMING,
                    ORIGIN,
                    FORMAT,
                    TOAST_UNCHANGED,
                    ON_TRUNCATE,
                    ON_SCHEMA_CHANGE,
                    TRANSACTION_MARKERS);

    private CaptureOptions() {}
}
