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
 * @param restored the end of the statement that gives it the deduplication window of the table that
 *     it replaces, instead of the one for that time
 */
record OverwriteTable(
        ClickHouseTarget target, StagingName name, StagingTable staging, String restored)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Creates the table, or finds it there. */
    void begin() throws InterruptedException {
        staging.begin();
        alter("MODIFY SETTING " + DeduplicationWindow.suggestedSetting());
    }

    /** Puts the table in the place of the other. */
    void takeName() throws InterruptedException {
        alter(restored);
        staging.takeName();
    }

    /**
     * Whether the table has taken the place of the other; then that is dropped.
     *
     * @throws io.velo.flink.common.error.VeloException if the server cannot be asked
     */
    boolean hasTakenName() throws InterruptedException {
        return staging.hasTakenName();
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
