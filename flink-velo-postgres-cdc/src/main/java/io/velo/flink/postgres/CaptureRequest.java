// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.CapturedTables;
import io.velo.flink.postgres.cdc.ChangeRules;
import io.velo.flink.postgres.cdc.ChangelogForm;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.SlotSettings;
import io.velo.flink.postgres.cdc.SnapshotSettings;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.UnchangedToast;
import io.velo.flink.postgres.cdc.row.MetadataColumn;
import io.velo.flink.postgres.cdc.row.RowLayout;
import io.velo.flink.postgres.connect.TargetServer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.MathUtils;

/** What a request for change data capture means. Opens no connection. Not thread-safe. */
final class CaptureRequest {

    private static final String SCHEME = "postgres-cdc";
    private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");
    private static final int LONGEST_PART = 40;

    private final TableRequest request;
    private final ResolvedOptions options;
    private final PostgresTable table;

    CaptureRequest(TableRequest request) {
        this.request = request;
        this.options = request.options();
        this.table = PostgresTable.of(request);
        if (table.table().isPresent() && options.isSet(CaptureOptions.TABLES)) {
            throw conflict("Both 'table' and 'tables' are given.", "Keep one of them.");
        }
        if (table.query().isPresent()) {
            throw conflict("A query has no changes.", "Name a table, or leave cdc out.");
        }
        if (isEnvelope()) {
            CaptureConflicts.requireNoneInEnvelopes(options, table.settings().place());
        } else {
            CaptureConflicts.requireNoneInTable(options, table.settings().place());
        }
    }

    /** Whether a request is one for change data capture. */
    static boolean isOne(TableRequest request) {
        return request.uri().scheme().equals(SCHEME) || request.options().get(PostgresOptions.CDC);
    }

    private VeloException conflict(String sentence, String remedy) {
        return Problem.of(ErrorCode.OPTION_CONFLICT, sentence)
                .at(table.settings().place())
                .remedy(remedy)
                .toException();
    }

    /** Whether changes come as envelopes because not exactly one table is named. */
    boolean isEnvelope() {
        return table.table().isEmpty();
    }

    /** The place for messages. */
    String place() {
        return table.settings().place()
                + table.table().map(name -> "?table=" + name).orElse("")
                + " changes";
    }

    /** The columns of the table as Flink knows it. */
    RowType columns() {
        return (RowType) request.physicalType().getLogicalType();
    }

    /** Whether changes follow the rows that are there. */
    boolean readsChanges() {
        return options.get(CaptureOptions.SCAN_STARTUP) != Startup.SNAPSHOT;
    }

    /** The kinds of rows. */
    ChangelogForm form() {
        ChangelogForm asked = options.get(CaptureOptions.CHANGELOG);
        if (isEnvelope()) {
            return ChangelogForm.APPEND;
        }
        boolean keyed = request.primaryKeyIndexes().length > 0;
        if (asked == ChangelogForm.UPSERT && !keyed) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "changelog=upsert needs a PRIMARY KEY.")
                    .at(table.settings().place())
                    .remedy("Declare PRIMARY KEY (…) NOT ENFORCED, or set primary_key.")
                    .toException();
        }
        return asked != ChangelogForm.AUTO
                ? asked
                : keyed ? ChangelogForm.UPSERT : ChangelogForm.ALL;
    }

    /**
     * Everything about the capture.
     *
     * @param columns the columns that are wanted
     * @param metadata what follows them
     * @param only names of tables to which the query is restricted, or empty
     */
    CaptureSettings settings(RowType columns, List<MetadataColumn> metadata, Set<String> only) {
        if (form() == ChangelogForm.ALL
                && options.get(CaptureOptions.ON_LOST_SLOT) == OnLostSlot.RESNAPSHOT) {
            throw conflict(
                    "on_lost_slot=resnapshot would insert all rows once more, which changelog=all"
                            + " cannot tell from new rows.",
                    "Declare the PRIMARY KEY and use changelog=upsert, or on_lost_slot=fail.");
        }
        RowLayout layout =
                new RowLayout(
                        columns,
                        metadata,
                        isEnvelope() ? List.of() : request.primaryKey(),
                        isEnvelope(),
                        options.get(CaptureOptions.TRANSACTION_MARKERS));
        return new CaptureSettings(
                // Rows and changes must be those of one server, and a standby has no changes.
                table.settings().withTarget(TargetServer.PRIMARY),
                tables(only),
                layout,
                options.get(CaptureOptions.SCAN_STARTUP),
                new SnapshotSettings(
                        options.get(PostgresOptions.SNAPSHOT_STRATEGY),
                        options.get(PostgresOptions.SNAPSHOT_CONSISTENCY),
                        Math.max(
                                1 << 16,
                                options.get(PostgresOptions.SNAPSHOT_CHUNK_BYTES).getBytes()),
                        SnapshotSettings.CHUNK_ROWS),
                slot(only),
                rules(),
                table.backoff());
    }

    private ChangeRules rules() {
        return new ChangeRules(
                form(),
                isEnvelope()
                        ? UnchangedToast.METADATA
                        : options.get(CaptureOptions.TOAST_UNCHANGED),
                options.get(CaptureOptions.ON_TRUNCATE),
                options.get(CaptureOptions.ON_SCHEMA_CHANGE),
                options.get(PostgresOptions.ON_SPECIAL_VALUE),
                options.get(CaptureOptions.FORMAT),
                options.get(CaptureOptions.ORIGIN),
                options.get(CaptureOptions.STREAMING));
    }

    private CapturedTables tables(Set<String> only) {
        if (table.table().isPresent()) {
            return CapturedTables.of(table.table().get());
        }
        String schema = options.find(PostgresOptions.SCHEMA).orElse("*");
        List<CapturedTables.Pattern> patterns =
                options.find(CaptureOptions.TABLES).orElse(List.of("*")).stream()
                        .map(text -> pattern(text, schema))
                        .toList();
        return new CapturedTables(Optional.empty(), patterns, only);
    }

    private static CapturedTables.Pattern pattern(String text, String schema) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new CapturedTables.Pattern(schema, text)
                : new CapturedTables.Pattern(text.substring(0, dot), text.substring(dot + 1));
    }

    private SlotSettings slot(Set<String> only) {
        Optional<String> asked = options.find(CaptureOptions.SLOT_NAME);
        asked.filter(name -> !SLOT.matcher(name).matches()).ifPresent(this::refuseSlotName);
        String slot = asked.orElseGet(() -> derivedName(only));
        return new SlotSettings(
                slot,
                asked.isEmpty(),
                options.find(CaptureOptions.PUBLICATION_NAME).orElse(slot),
                options.get(CaptureOptions.SLOT_FAILOVER),
                options.get(CaptureOptions.SLOT_CREATE_TIMEOUT),
                options.get(CaptureOptions.ACK_CHECKPOINT_DELAY),
                options.find(CaptureOptions.WAL_MAX_RETAINED).map(MemorySize::getBytes).orElse(0L),
                options.get(CaptureOptions.WAL_ON_EXCEED),
                options.get(CaptureOptions.ON_LOST_SLOT),
                options.get(CaptureOptions.HEARTBEAT_INTERVAL));
    }

    private void refuseSlotName(String name) {
        throw Problem.of(ErrorCode.OPTION_VALUE, "No slot can have the name '" + name + "'.")
                .at(table.settings().place())
                .remedy("A name of a slot has 1 to 63 of a-z, 0-9 and _.")
                .toException();
    }

    /** The same in every attempt of the same job, another one for another job or table. */
    private String derivedName(Set<String> only) {
        String what = table.table().map(Object::toString).orElse("all");
        String readable = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
        String identity =
                String.join(
                        "\n",
                        table.settings().place(),
                        what,
                        String.valueOf(options.find(CaptureOptions.TABLES)),
                        String.valueOf(options.find(PostgresOptions.SCHEMA)),
                        new java.util.TreeSet<>(only).toString(),
                        request.identifier().asSerializableString(),
                        request.configuration().getOptional(PipelineOptions.NAME).orElse(""));
        String hash = HexFormat.of().toHexDigits(MathUtils.murmurHash(identity.hashCode()));
        return "velo_"
                + readable.substring(0, Math.min(LONGEST_PART, readable.length()))
                + '_'
                + hash;
    }

    /** Changes are read and not written. */
    static void refuseWriting(TableRequest request) {
        if (request.uri().scheme().equals(SCHEME)) {
            throw Problem.of(
                            ErrorCode.CAPABILITY_COMBINATION,
                            "A table of scheme '" + SCHEME + "' cannot be written to.")
                    .at(request.uri().toString())
                    .remedy("Write to postgresql://…, without cdc.")
                    .toException();
        }
    }

    /** Options that mean nothing without change data capture. */
    static void requireNone(TableRequest request) {
        for (SchemeOption<?> option : CaptureOptions.ALL) {
            if (request.options().isSet(option)) {
                throw Problem.of(
                                ErrorCode.OPTION_CONFLICT,
                                "Option '" + option.key() + "' needs cdc=true.")
                        .at(request.uri().toString())
                        .remedy("Add cdc=true to capture changes, or leave the option out.")
                        .toException();
            }
        }
    }
}
