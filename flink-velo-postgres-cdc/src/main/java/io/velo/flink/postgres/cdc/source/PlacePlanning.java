// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.Startup;
import io.velo.flink.postgres.cdc.replication.CapturePlace;
import io.velo.flink.postgres.cdc.replication.Publication;
import io.velo.flink.postgres.cdc.replication.ReplicationSlot;
import io.velo.flink.postgres.cdc.snapshot.SnapshotTable;
import io.velo.flink.postgres.connect.PostgresSession;
import io.velo.flink.postgres.meta.RelationKind;
import io.velo.flink.postgres.sql.TableName;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes the publication and the slot, or takes those that are there, in the order in which nothing
 * is missed. Used by one thread.
 */
final class PlacePlanning {

    private final CaptureSettings settings;
    private final BootstrapSessions sessions;

    PlacePlanning(CaptureSettings settings, BootstrapSessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /** The place of a new capture. */
    CapturePlace tryMake(PostgresSession session, List<TableName> names, List<SnapshotTable> tables)
            throws SQLException {
        boolean partitioned = isAnyPartitioned(tables);
        Publication publication = publication(session);
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
        return slot.tryCreate(sessions::opened);
    }

    /**
     * The place of a capture whose slot is lost.
     *
     * @param slot the slot, which is not there any more
     */
    CapturePlace tryMakeAnew(
            PostgresSession session,
            List<TableName> names,
            List<SnapshotTable> tables,
            ReplicationSlot slot)
            throws SQLException {
        publication(session).tryEnsure(names, isAnyPartitioned(tables));
        return slot.tryCreate(sessions::opened);
    }

    private Publication publication(PostgresSession session) {
        return new Publication(session, settings, settings.slot().publication());
    }

    /** Whether one of the tables has partitions, which are published under its name. */
    static boolean isAnyPartitioned(List<SnapshotTable> tables) {
        return tables.stream()
                .anyMatch(table -> table.info().kind() == RelationKind.PARTITIONED_TABLE);
    }
}
