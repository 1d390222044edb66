// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Moment;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.snapshot.ChunkPlanner;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.connect.SnapshotHolder;
import io.velo.flink.postgres.scan.Splitting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Plans the ranges in which existing rows are read, and holds the one moment in which they are, if
 * they need one. Used by one thread.
 */
final class RangePlanning {

    private final CaptureSettings settings;
    private final BootstrapSessions sessions;

    RangePlanning(CaptureSettings settings, BootstrapSessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /**
     * A capture that reads these tables first.
     *
     * @param known all tables of the capture
     * @param tables those whose rows are read
     * @param resumes whether changes go on behind the ranges from where they were read to before
     */
    Bootstrap.Made tryPlan(
            PostgresSession session,
            KnownTables known,
            List<SnapshotTable> tables,
            CapturePlace place,
            boolean resumes)
            throws SQLException {
        boolean oneMoment = needsOneMoment(tables);
        Optional<SnapshotHolder> holder =
                oneMoment
                        ? Optional.of(
                                SnapshotHolder.tryOpen(
                                        settings.database(),
                                        tables.stream().map(table -> table.info().name()).toList(),
                                        sessions::opened))
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
        return new Bootstrap.Made(
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

    private boolean needsOneMoment(List<SnapshotTable> tables) {
        return !tables.isEmpty()
                        && settings.snapshot().consistency() == Splitting.Consistency.SNAPSHOT
                || tables.stream()
                        .anyMatch(
                                table ->
                                        ChunkPlanner.isByPlace(
                                                table, settings.snapshot().strategy()));
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
}
