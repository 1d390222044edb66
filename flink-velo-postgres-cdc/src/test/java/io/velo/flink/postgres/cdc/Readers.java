// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc;

import io.velo.flink.postgres.TestDatabase;

/** The readers of the slots of a database: other databases of the server do not count. */
final class Readers {

    private Readers() {}

    /** Waits until one reader gets changes; a slot is active too while it is made. */
    static void awaitOne(TestDatabase database) {
        await(database, 1);
    }

    /** The same for so many readers. */
    static void await(TestDatabase database, int count) {
        Savepoints.await(
                () ->
                        database.query(
                                                "SELECT 1 FROM pg_stat_replication r JOIN"
                                                        + " pg_replication_slots s ON s.active_pid ="
                                                        + " r.pid WHERE s.database ="
                                                        + " current_database() AND r.state ="
                                                        + " 'streaming'")
                                        .size()
                                == count,
                count + " readers of changes");
    }

    /** Waits until nobody reads or makes a slot. */
    static void awaitNone(TestDatabase database) {
        Savepoints.await(
                () ->
                        database.query(
                                        "SELECT 1 FROM pg_replication_slots WHERE active AND"
                                                + " database = current_database()")
                                .isEmpty(),
                "no reader of a slot");
    }
}
