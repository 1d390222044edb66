// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.type.Sql;
import java.io.Serializable;

/**
 * The table that INSERT OVERWRITE fills. While it is filled it knows blocks that are sent again,
 * whether the table that it replaces does or not. Immutable, therefore thread-safe.
 *
 * @param staging the table
 * @param windowed whether it is given a deduplication window for that time
 */
record OverwriteTable(
        ClickHouseTarget target, StagingName name, StagingTable staging, boolean windowed)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Creates the table, or finds it there. */
    void begin() throws InterruptedException {
        staging.begin();
        if (windowed) {
            alter("MODIFY SETTING " + DeduplicationWindow.suggestedSetting());
        }
    }

    /** Puts the table in the place of the other. */
    void takeName() throws InterruptedException {
        if (windowed) {
            alter("RESET SETTING " + DeduplicationWindow.PLAIN);
        }
        staging.takeName();
    }

    /** Alters the table unless it has its name already. */
    private void alter(String change) throws InterruptedException {
        StagingStatements server = new StagingStatements(target, name);
        if (server.look().staging().equals(name.id().toString())) {
            server.run(
                    "Altering " + name.name(),
                    "ALTER TABLE " + Sql.table(target.database(), name.name()) + " " + change);
        }
    }
}
