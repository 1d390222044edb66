// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.OnLostSlot;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.Preconditions;
import io.velo.flink.postgres.cdc.replication.Publication;
import io.velo.flink.postgres.cdc.replication.ReplicationSlot;
import io.velo.flink.postgres.cdc.replication.SlotCheck;
import io.velo.flink.postgres.cdc.replication.SlotLost;
import io.velo.flink.postgres.cdc.snapshot.ChunkPlanner;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.connect.ConnectFailure;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.connect.SharedSessions;
import io.velo.flink.postgres.connect.SnapshotHolder;
import io.velo.flink.postgres.connect.StatementFailure;
import io.velo.flink.postgres.meta.RelationKind;
import io.velo.flink.postgres.scan.Splitting;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final ConcurrentLinkedQueue<PostgresSession> sessions = new ConcurrentLinkedQueue<>();
    private volatile boolean aborted;

    Bootstrap(CaptureSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes everything.
     *
     * @throws RuntimeException with what stands in the way; it ends the job for good if it lasts
     */
    Made make() {
        return run(session -> make(session, Optional.empty()));
    }

    /**
     * Makes everything anew, the slot too, because the one before is lost.
     *
     * @param before the place of the slot that is lost: its name may be another one if tables were
     *     added since
     * @throws RuntimeException as {@link #make()} does
     */
    Made remake(CapturePlace before) {
        return run(
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
        return run(session -> extend(session, before));
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
                    .tryEnsureNoticed(added, isAnyPartitioned(tables), slot);
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
        return ranges(session, known, read, before.place(), true);
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

    /** Work over a session. */
    @FunctionalInterface
    private interface Work {
        Made over(PostgresSession session) throws SQLException;
    }

    private Made run(Work work) {
        boolean connected = false;
        try (PostgresSession session =
                PostgresSession.tryOpen(settings.database(), SessionPurpose.SCAN)) {
            connected = true;
            opened(session);
            SharedSessions.tryRequireNone(session);
            return work.over(session);
        } catch (SQLException e) {
            VeloException failure =
                    connected
                            ? StatementFailure.describe(
                                    e, settings.database(), "beginning a change capture")
                            : ConnectFailure.describe(e, settings.database());
            throw PermanentFailure.of(failure, e);
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
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
        if (!settings.readsSnapshot()) {
            StreamSplit changes =
                    new StreamSplit(
                            place,
                            known,
                            StreamPosition.at(place.timeline(), place.start()),
                            java.util.Map.of());
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
        return ranges(session, known, tables, place, false);
    }

    private KnownTables known(List<SnapshotTable> tables) {
        return new KnownTables(
                settings.tables().asked(),
                tables.stream()
                        .map(SnapshotTable::info)
                        .map(info -> new KnownTables.KnownTable(info.name(), info.oid()))
                        .toList());
    }

    private CapturePlace place(
            PostgresSession session,
            List<TableName> names,
            List<SnapshotTable> tables,
            Optional<ReplicationSlot> anew)
            throws SQLException {
        boolean partitioned = isAnyPartitioned(tables);
        Publication publication = new Publication(session, settings, settings.slot().publication());
        if (anew.isPresent()) {
            publication.tryEnsure(names, partitioned);
            return anew.get().tryCreate(this::opened);
        }
        ReplicationSlot slot = new ReplicationSlot(session, settings.slot());
        if (settings.startup() == Startup.COMMITTED) {
            CapturePlace kept = slot.tryTake();
            publication.tryRequire(names, partitioned);
            return kept;
        }
        boolean exists = slot.tryExists();
        if (exists && !settings.slot().ownName()) {
            publication.tryEnsureNoticed(names, partitioned, slot);
            return settings.readsSnapshot() ? slot.tryTakeVisible() : slot.tryTakeFromNow();
        }
        publication.tryEnsure(names, partitioned);
        if (exists) {
            slot.tryDrop();
        }
        return slot.tryCreate(this::opened);
    }

    private static boolean isAnyPartitioned(List<SnapshotTable> tables) {
        return tables.stream()
                .anyMatch(table -> table.info().kind() == RelationKind.PARTITIONED_TABLE);
    }

    private Made ranges(
            PostgresSession session,
            KnownTables known,
            List<SnapshotTable> tables,
            CapturePlace place,
            boolean resumes)
            throws SQLException {
        boolean oneMoment =
                !tables.isEmpty()
                                && settings.snapshot().consistency()
                                        == Splitting.Consistency.SNAPSHOT
                        || tables.stream()
                                .anyMatch(
                                        table ->
                                                ChunkPlanner.isByPlace(
                                                        table, settings.snapshot().strategy()));
        Optional<SnapshotHolder> holder =
                oneMoment
                        ? Optional.of(
                                SnapshotHolder.tryOpen(
                                        settings.database(), known(tables).names(), this::opened))
                        : Optional.empty();
        // Ranges of the same tables that were read in another epoch have other names.
        String epoch = UUID.randomUUID().toString().substring(0, 8) + ':';
        ChunkPlanner planner = new ChunkPlanner(session, settings.snapshot(), epoch);
        List<CaptureSplit> splits;
        long estimated;
        try {
            estimated = estimated(planner, tables);
            splits = splits(planner, tables, holder.map(SnapshotHolder::exported).orElse(""));
        } catch (SQLException | RuntimeException e) {
            holder.ifPresent(SnapshotHolder::close);
            throw e;
        }
        return new Made(
                new CaptureCheckpoint(
                        CaptureCheckpoint.Phase.SNAPSHOT,
                        place,
                        known,
                        epoch,
                        splits.size(),
                        splits,
                        List.of(),
                        oneMoment,
                        resumes,
                        Optional.empty(),
                        estimated),
                holder);
    }

    /** About how many rows all the tables have; unknown as soon as one is. */
    private static long estimated(ChunkPlanner planner, List<SnapshotTable> tables)
            throws SQLException {
        long sum = 0;
        for (SnapshotTable table : tables) {
            long rows = planner.tryEstimate(table);
            if (rows == ChunkPlanner.UNKNOWN) {
                return ChunkPlanner.UNKNOWN;
            }
            sum += rows;
        }
        return sum;
    }

    private List<CaptureSplit> splits(
            ChunkPlanner planner, List<SnapshotTable> tables, String exported) throws SQLException {
        List<CaptureSplit> splits = new ArrayList<>();
        for (SnapshotTable table : tables) {
            splits.addAll(planner.tryPlan(table, exported));
        }
        Moment.CHUNKS_PLANNED.reached(settings.slot().slot());
        return splits;
    }

    /** A connection that is opened while another thread aborts is cut by one of the two. */
    private void opened(PostgresSession session) {
        sessions.add(session);
        if (aborted) {
            session.abort();
        }
    }

    /** Cuts the connections, so that the work ends with an error. Can be called by any thread. */
    void abort() {
        aborted = true;
        sessions.forEach(PostgresSession::abort);
    }
}
