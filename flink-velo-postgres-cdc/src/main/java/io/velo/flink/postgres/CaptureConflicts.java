// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.OnTruncate;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.WireFormat;
import io.velo.flink.postgres.connect.TargetServer;
import java.util.List;
import java.util.Locale;

/** Options of a capture that cannot have an effect together are refused, all of them at once. */
final class CaptureConflicts {

    private static final List<SchemeOption<?>> OF_THE_SLOT =
            List.of(
                    CaptureOptions.SLOT_NAME,
                    CaptureOptions.PUBLICATION_NAME,
                    CaptureOptions.SLOT_FAILOVER,
                    CaptureOptions.SLOT_CREATE_TIMEOUT,
                    CaptureOptions.ACK_CHECKPOINT_DELAY,
                    CaptureOptions.ON_LOST_SLOT,
                    CaptureOptions.WAL_MAX_RETAINED,
                    CaptureOptions.WAL_ON_EXCEED,
                    CaptureOptions.HEARTBEAT_INTERVAL);

    private static final List<SchemeOption<?>> OF_THE_SNAPSHOT =
            List.of(
                    PostgresOptions.SNAPSHOT_STRATEGY,
                    PostgresOptions.SNAPSHOT_CONSISTENCY,
                    PostgresOptions.SNAPSHOT_CHUNK_BYTES);

    private static final List<SchemeOption<?>> OF_THE_CHANGES =
            List.of(
                    CaptureOptions.CHANGELOG,
                    CaptureOptions.STREAMING,
                    CaptureOptions.ORIGIN,
                    CaptureOptions.ON_TRUNCATE,
                    CaptureOptions.TOAST_UNCHANGED);

    private final ResolvedOptions options;
    private final String place;
    private final Problems problems = new Problems();

    private CaptureConflicts(ResolvedOptions options, String place) {
        this.options = options;
        this.place = place;
    }

    /**
     * Refuses what would be ignored where the changes of one table come in its own columns.
     *
     * @throws io.velo.flink.common.error.VeloException with all conflicts
     */
    static void requireNoneInTable(ResolvedOptions options, String place) {
        CaptureConflicts conflicts = new CaptureConflicts(options, place);
        if (options.get(CaptureOptions.TRANSACTION_MARKERS)) {
            conflicts.add(
                    "A table's own columns cannot show BEGIN and COMMIT, so"
                            + " transaction_markers=true is not possible.",
                    "Leave it out, or name the tables with 'tables' to get envelopes.");
        }
        if (options.get(CaptureOptions.ON_TRUNCATE) == OnTruncate.EMIT) {
            conflicts.add(
                    "A table's own columns cannot show a TRUNCATE, so on_truncate=emit is not"
                            + " possible.",
                    "Use on_truncate=ignore or fail.");
        }
        conflicts.startup();
        conflicts.problems.throwIfAny();
    }

    /**
     * Refuses what would be ignored where changes come as envelopes.
     *
     * @throws io.velo.flink.common.error.VeloException with all conflicts
     */
    static void requireNoneInEnvelopes(ResolvedOptions options, String place) {
        CaptureConflicts conflicts = new CaptureConflicts(options, place);
        ChangelogForm form = options.get(CaptureOptions.CHANGELOG);
        if (form == ChangelogForm.UPSERT || form == ChangelogForm.ALL) {
            conflicts.envelope(CaptureOptions.CHANGELOG);
        }
        if (options.isSet(CaptureOptions.TOAST_UNCHANGED)
                && options.get(CaptureOptions.TOAST_UNCHANGED) != UnchangedToast.METADATA) {
            conflicts.envelope(CaptureOptions.TOAST_UNCHANGED);
        }
        if (options.get(CaptureOptions.FORMAT) == WireFormat.BINARY) {
            conflicts.envelope(CaptureOptions.FORMAT);
        }
        for (SchemeOption<?> option :
                List.of(CaptureOptions.ON_SCHEMA_CHANGE, PostgresOptions.ON_SPECIAL_VALUE)) {
            if (options.isSet(option)) {
                conflicts.envelope(option);
            }
        }
        conflicts.startup();
        conflicts.problems.throwIfAny();
    }

    private void envelope(SchemeOption<?> option) {
        add(
                "Envelopes hold texts of whatever changed, so '"
                        + option.key()
                        + "' has no effect on them as it is set.",
                "Leave it out, or name one 'table' to get its columns.");
    }

    private void startup() {
        if (options.isSet(PostgresOptions.TARGET_SESSION_ATTRS)
                && options.get(PostgresOptions.TARGET_SESSION_ATTRS) != TargetServer.PRIMARY) {
            add(
                    "Changes are captured from the primary server only, so '"
                            + PostgresOptions.TARGET_SESSION_ATTRS.key()
                            + "' has no effect as it is set.",
                    "Leave it out; of several hosts the primary is found.");
        }
        Startup startup = options.get(CaptureOptions.SCAN_STARTUP);
        if (startup == Startup.SNAPSHOT) {
            refuse(OF_THE_SLOT, "makes no slot");
            refuse(OF_THE_CHANGES, "reads no changes");
        } else if (startup != Startup.INITIAL) {
            refuse(OF_THE_SNAPSHOT, "reads no existing rows");
            if (options.get(CaptureOptions.ON_LOST_SLOT) == OnLostSlot.RESNAPSHOT) {
                refuse(List.of(CaptureOptions.ON_LOST_SLOT), "reads no existing rows");
            }
        }
        if (options.isSet(CaptureOptions.WAL_ON_EXCEED)
                && !options.isSet(CaptureOptions.WAL_MAX_RETAINED)) {
            add(
                    "'" + CaptureOptions.WAL_ON_EXCEED.key() + "' needs a limit.",
                    "Set '" + CaptureOptions.WAL_MAX_RETAINED.key() + "', or leave it out.");
        }
    }

    private void refuse(List<SchemeOption<?>> refused, String why) {
        String startup = options.get(CaptureOptions.SCAN_STARTUP).name().toLowerCase(Locale.ROOT);
        for (SchemeOption<?> option : refused) {
            if (options.isSet(option)) {
                add(
                        "scan_startup="
                                + startup
                                + " "
                                + why
                                + ", so '"
                                + option.key()
                                + "' has no effect.",
                        "Leave it out, or use scan_startup=initial.");
            }
        }
    }

    private void add(String sentence, String remedy) {
        problems.add(Problem.of(ErrorCode.OPTION_CONFLICT, sentence).at(place).remedy(remedy));
    }
}
