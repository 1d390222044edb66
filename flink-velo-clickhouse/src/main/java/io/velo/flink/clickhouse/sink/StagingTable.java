// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.flink.table.catalog.StagedTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that a job fills beside the one it is meant for. When the job has finished it takes that
 * name, by one statement of the server; when the job fails or is cancelled it is dropped. The
 * JobManager calls all methods, from one thread; each may be called again after it failed over.
 */
final class StagingTable implements StagedTable {

    /** How it takes the name. */
    enum Turn {
        /** There must be no table of that name. */
        CREATE,
        /** The table of that name, if there is one, is dropped afterwards. */
        REPLACE
    }

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(StagingTable.class);

    private static final String PREFIX = "_velo_staging_";

    /** A table that was left behind by a JobManager that died, and that no job fills any more. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final ClickHouseTarget target;
    private final String table;
    private final String staging;
    private final String create;
    private final Turn turn;

    StagingTable(ClickHouseTarget target, String table, String staging, String create, Turn turn) {
        this.target = target;
        this.table = table;
        this.staging = staging;
        this.create = create;
        this.turn = turn;
    }

    /** A name that no other job takes. */
    static String nameFor(String table) {
        return prefix(table) + UUID.randomUUID().toString().replace("-", "");
    }

    private static String prefix(String table) {
        return PREFIX + table + "_";
    }

    @Override
    public void begin() {
        dropLeftBehind(LEFT_BEHIND);
        run("Creating " + title(staging), create);
    }

    /**
     * After a failover it may have been done before. A failure is logged and the filled table
     * stays: Flink calls this when the job is finished already, and an exception would end the
     * JobManager.
     */
    @Override
    public void commit() {
        String rename = "RENAME TABLE " + name(staging) + " TO " + name(table);
        String exchange = "EXCHANGE TABLES " + name(staging) + " AND " + name(table);
        String statement = rename;
        try {
            if (!exists(staging)) {
                LOG.info("{} is not there: {} has taken its place.", title(staging), title(table));
            } else if (turn == Turn.REPLACE && exists(table)) {
                statement = exchange;
                run("Replacing " + title(table), exchange);
                drop(staging);
            } else {
                run("Naming " + title(table), rename);
            }
        } catch (VeloException failure) {
            LOG.error(
                    "{} does not have the rows of the query: they are complete in {}. Run: {}",
                    title(table),
                    title(staging),
                    statement,
                    failure);
        }
    }

    @Override
    public void abort() {
        drop(staging);
    }

    /** Drops what jobs for the same table left behind, if nothing was written for this long. */
    void dropLeftBehind(Duration age) {
        String start = prefix(table);
        String old =
                "SELECT name FROM system.tables WHERE database = "
                        + Sql.text(target.database())
                        + " AND startsWith(name, "
                        + Sql.text(start)
                        + ") AND length(name) = "
                        + (start.length() + 32)
                        + " AND greatest(metadata_modification_time, (SELECT"
                        + " max(modification_time) FROM system.parts WHERE database = "
                        + Sql.text(target.database())
                        + " AND startsWith(table, "
                        + Sql.text(start)
                        + "))) <= now() - "
                        + age.toSeconds();
        try {
            for (List<String> left : run("Looking for tables left behind", old)) {
                LOG.warn("Dropping {}, which an earlier job left behind.", title(left.get(0)));
                drop(left.get(0));
            }
        } catch (VeloException unseen) {
            LOG.warn("Tables that earlier jobs left behind are not dropped.", unseen);
        }
    }

    /** What cannot be dropped stays; that is no reason to fail what is over. */
    private void drop(String name) {
        try {
            run("Dropping " + title(name), "DROP TABLE IF EXISTS " + name(name));
        } catch (VeloException failure) {
            LOG.warn("{} is left behind; drop it.", title(name), failure);
        }
    }

    private boolean exists(String name) {
        return !run("Looking for " + title(name), "EXISTS TABLE " + name(name))
                .equals(List.of(List.of("0")));
    }

    private List<List<String>> run(String what, String statement) {
        HttpTransport transport = new HttpTransport(SinkRequest.forPlanning(target));
        try {
            return Patience.ask(
                    transport, what, () -> transport.rows(statement, target.settings()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + " was interrupted.", new IOException(stopped));
        }
    }

    private String name(String of) {
        return Sql.table(target.database(), of);
    }

    private String title(String of) {
        return target.database() + "." + of;
    }
}
