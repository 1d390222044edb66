// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.Preconditions;
import io.velo.flink.postgres.cdc.replication.Publication;
import io.velo.flink.postgres.cdc.replication.ReplicationSlot;
import io.velo.flink.postgres.cdc.replication.SlotCheck;
import io.velo.flink.postgres.cdc.replication.SlotLost;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SnapshotHolder;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes everything that a new capture needs: checks first, then the publication, then the slot, the
 * wait for what the slot leaves out, and last the ranges. Used by one thread, except {@link
 * #abort}.
 */
final class Bootstrap {

    /**
     * What was made.
     *
     * @param checkpoint the state of the enumerator
     * @param holder keeps the one moment in which all ranges are read, if they are
     */
    record Made(CaptureCheckpoint checkpoint, Optional<SnapshotHolder> holder) {}

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final CaptureSettings settings;
    private final BootstrapSessions sessions;
    private final PlacePlanning places;
    private final RangePlanning ranges;

    Bootstrap(CaptureSettings settings) {
        this.settings = settings;
        this.sessions = new BootstrapSessions(settings.database());
        this.places = new PlacePlanning(settings, sessions);
        this.ranges = new RangePlanning(settings, sessions);
    }

    /**
     * Makes everything.
     *
     * @throws RuntimeException with what stands in the way; it ends the job for good if it lasts
     */
    Made make() {
        return sessions.run(session -> make(session, Optional.empty()));
    }

    /**
     * Makes everything anew, the slot too, because the one before is lost.
     *
     * @param before the place of the slot that is lost: its name may be another one if tables were
     *     added since
     * @throws RuntimeException as {@link #make()} does
     */
    Made remake(CapturePlace before) {
        return sessions.run(
                session -> {
                    ReplicationSlot slot = new ReplicationSlot(session, settings.slot());
                    dropIfThere(slot);
                    dropIfThere(
                            new ReplicationSlot(session, settings.slot().withSlot(before.slot())));
                    return make(session, Optional.of(slot));
                });
    }

    private static void dropIfThere(ReplicationSlot slot) throws SQLException {
        if (slot.tryExists()) {
            slot.tryDrop();
        }
    }

    /**
     * Adds to a capture the tables that are asked for now and that it does not have; those that are
     * not asked for any more are left out.
     *
     * @param before the capture, which reads changes
     * @throws RuntimeException as {@link #make()} does
     */
    Made extend(CaptureCheckpoint before) {
        return sessions.run(session -> extend(session, before));
    }

    private Made extend(PostgresSession session, CaptureCheckpoint before) throws SQLException {
        List<TableName> added = new ArrayList<>(Preconditions.tryTables(session, settings));
        added.removeAll(before.tables().names());
        List<SnapshotTable> tables = new ArrayList<>();
        for (TableName name : added) {
            tables.add(SnapshotTable.tryRead(session, name));
        }
        if (!added.isEmpty()) {
            if (settings.slot().lost() == OnLostSlot.FAIL) {
                requireSlot(session, before.place());
            }
            new Preconditions(session, settings).tryRequireAdded(added);
            ReplicationSlot slot = new ReplicationSlot(session, settings.slot());
            new Publication(session, settings, before.place().publication())
                    .tryEnsureNoticed(added, PlacePlanning.isAnyPartitioned(tables), slot);
            // Of what began before, the slot may have a part only: rows must show all of it.
            slot.tryAwaitVisible();
        }
        KnownTables known =
                before.tables()
                        .changed(
                                settings.tables().asked(),
                                settings.tables()::contains,
                                known(tables).tables());
        LOG.info("The capture goes on with tables {}; new are {}.", known.names(), added);
        List<SnapshotTable> read = settings.readsSnapshot() ? tables : List.of();
        return ranges.tryPlan(session, known, read, before.place(), true);
    }

    /** Tables are not added for the sake of changes that do not come any more. */
    private static void requireSlot(PostgresSession session, CapturePlace place)
            throws SQLException {
        try {
            SlotCheck.tryRequireThere(session, place);
        } catch (SlotLost e) {
            throw e.failure();
        }
    }

    private Made make(PostgresSession session, Optional<ReplicationSlot> anew) throws SQLException {
        List<TableName> names = Preconditions.tryTables(session, settings);
        List<SnapshotTable> tables = new ArrayList<>();
        for (TableName name : names) {
            tables.add(SnapshotTable.tryRead(session, name));
        }
        new Preconditions(session, settings).tryRequire(names);
        CapturePlace place =
                settings.readsChanges() ? place(session, names, tables, anew) : CapturePlace.NONE;
        KnownTables known = known(tables);
        return settings.readsSnapshot()
                ? ranges.tryPlan(session, known, tables, place, false)
                : changes(place, known);
    }

    /** A capture that reads no rows first. */
    private static Made changes(CapturePlace place, KnownTables known) {
        StreamSplit changes =
                new StreamSplit(
                        place, known, StreamPosition.at(place.timeline(), place.start()), Map.of());
        return new Made(
                new CaptureCheckpoint(
                        CaptureCheckpoint.Phase.CHANGES,
                        place,
                        known,
                        "",
                        0,
                        List.of(changes),
                        List.of(),
                        false,
                        false,
                        Optional.empty(),
                        0),
                Optional.empty());
    }

    private CapturePlace place(
            PostgresSession session,
            List<TableName> names,
            List<SnapshotTable> tables,
            Optional<ReplicationSlot> anew)
            throws SQLException {
        return anew.isPresent()
                ? places.tryMakeAnew(session, names, tables, anew.get())
                : places.tryMake(session, names, tables);
    }

    private KnownTables known(List<SnapshotTable> tables) {
        return new KnownTables(
                settings.tables().asked(),
                tables.stream()
                        .map(SnapshotTable::info)
                        .map(info -> new KnownTables.KnownTable(info.name(), info.oid()))
                        .toList());
    }

    /** Cuts the connections, so that the work ends with an error. Can be called by any thread. */
    void abort() {
        sessions.abort();
    }
}
