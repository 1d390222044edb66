// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.ClickHouseTarget;
import io.velo.flink.clickhouse.http.ServerFailure;
import io.velo.flink.clickhouse.sink.StagingStatements.Seen;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.table.catalog.StagedTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table that a job fills beside the one it is meant for. When the job has finished it takes that
 * name, by one statement of the server; when the job fails or is cancelled it is dropped. The
 * JobManager calls all methods, from one thread; each may be called again after it failed over, at
 * whatever point the one before it died. What was done before is seen from the UUID of the tables,
 * which they keep when they take another name.
 */
final class StagingTable implements StagedTable {

    /** What the statement is. */
    enum Turn {
        /** There must be no table of that name. */
        CREATE,
        /** The table of that name, if there is one, is dropped afterwards. */
        REPLACE
    }

    /** What a job does that is begun once more because its JobManager failed over. */
    enum Rerun {
        /** It goes on from its last checkpoint: what it has written counts. */
        RESUMES,
        /** It writes everything again. */
        REPEATS
    }

    private static final long serialVersionUID = 2L;

    private static final Logger LOG = LoggerFactory.getLogger(StagingTable.class);

    /** A table that was left behind by a JobManager that died, and that no job fills any more. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    /** The server keeps the UUID of a table that was dropped for some minutes. */
    private static final int TABLE_ALREADY_EXISTS = 57;

    private final ClickHouseTarget target;
    private final StagingName name;
    private final String create;
    private final Turn turn;
    private final Rerun rerun;
    private transient boolean aborted;

    /**
     * A table that is not there yet.
     *
     * @param create the statement that creates it, if it does not exist, with the UUID of the name
     */
    StagingTable(ClickHouseTarget target, StagingName name, String create, Turn turn, Rerun rerun) {
        this.target = target;
        this.name = name;
        this.create = create;
        this.turn = turn;
        this.rerun = rerun;
    }

    /**
     * Creates the table, or finds it there.
     *
     * @throws VeloException if the rows that an earlier execution of the job wrote to it are lost,
     *     or would be there twice: then no further execution can fill it
     */
    @Override
    public void begin() {
        StagingStatements server = new StagingStatements(target, name);
        try {
            Seen seen = server.look();
            if (isMine(seen.target())) {
                dropOld(server);
                throw over(title() + " has all rows of this statement already.");
            }
            if (seen.staging().isEmpty()) {
                create(server);
                dropLeftBehind(server, LEFT_BEHIND);
            } else if (!isMine(seen.staging())) {
                throw over(stagingTitle() + " holds rows of another table.");
            } else if (rerun == Rerun.REPEATS && holdsRows(server)) {
                drop(server, name.name());
                throw over("The JobManager failed over while " + title() + " was being filled.");
            }
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    private void create(StagingStatements server) throws InterruptedException {
        if (aborted) {
            throw dropped();
        }
        try {
            server.run("Creating " + stagingTitle(), create);
        } catch (VeloException failure) {
            boolean known =
                    failure.reason().orElse(null) instanceof ServerFailure said
                            && said.code() == TABLE_ALREADY_EXISTS;
            if (known && isMine(server.look().staging())) {
                // Another task of this job creates it in the same moment.
                return;
            }
            throw known ? dropped() : failure;
        }
    }

    private VeloException dropped() {
        return over(
                "The job was restarted, and "
                        + stagingTitle()
                        + " was dropped with the rows that it had written.");
    }

    private VeloException over(String sentence) {
        return Problem.of(ErrorCode.IO_NOT_RESUMABLE, sentence)
                .at(target.place())
                .remedy(
                        "Look whether "
                                + title()
                                + " is as it should be; if not, start the statement again. Under"
                                + " jobmanager.scheduler=adaptive a restart of the job ends it.")
                .toException();
    }

    private boolean holdsRows(StagingStatements server) throws InterruptedException {
        String first = "SELECT 1 FROM " + sql(name.name()) + " LIMIT 1";
        return !server.run("Reading " + stagingTitle(), first).isEmpty();
    }

    /**
     * Gives the table its name. A failure is logged and the filled table stays: Flink calls this
     * when the job is finished already, and an exception would end the JobManager.
     */
    @Override
    public void commit() {
        try {
            takeName();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.error("{}", unfinished(), stopped);
        } catch (RuntimeException failure) {
            LOG.error("{}", unfinished(), failure);
        }
    }

    /**
     * As {@link #commit}, but tells its caller of a failure.
     *
     * @throws VeloException if the table may not have the rows
     */
    void takeName() throws InterruptedException {
        StagingStatements server = new StagingStatements(target, name);
        take(server);
        if (!dropOld(server)) {
            throw over(title() + " was replaced again by somebody else.");
        }
    }

    /**
     * Whether it has its name; then what it replaced is dropped.
     *
     * @throws VeloException if the server cannot be asked
     */
    boolean hasTakenName() throws InterruptedException {
        return dropOld(new StagingStatements(target, name));
    }

    private void take(StagingStatements server) throws InterruptedException {
        String what = "Naming " + title();
        while (true) {
            Seen seen = server.look();
            if (isMine(seen.target())) {
                return;
            }
            if (!isMine(seen.staging())) {
                throw over(stagingTitle() + " is missing: its rows are lost, or were replaced.");
            }
            boolean exchange = turn == Turn.REPLACE && !seen.target().isEmpty();
            try {
                server.send(exchange ? exchange() : rename());
                if (!isMine(server.look().target())) {
                    throw over(title() + " was replaced again by somebody else.");
                }
                return;
            } catch (IOException failure) {
                if (exchange && !StagingStatements.isSurelyUndone(failure)) {
                    // A second one would undo the first, which may still be on its way.
                    await(server, what, failure);
                    return;
                }
                if (isMine(server.look().target())) {
                    // One that was sent before came late, and left nothing to rename.
                    return;
                }
                server.pause(what, failure);
            }
        }
    }

    private void await(StagingStatements server, String what, IOException unanswered)
            throws InterruptedException {
        while (!isMine(server.look().target())) {
            server.pause(what, unanswered);
        }
    }

    private String unfinished() {
        return title()
                + " may not have the rows of the query. If there is a table "
                + stagingTitle()
                + " with UUID "
                + name.id()
                + " it holds them all; then run: "
                + (turn == Turn.REPLACE
                        ? exchange() + ", or if there is nothing to replace: " + rename()
                        : rename());
    }

    private String rename() {
        return "RENAME TABLE " + sql(name.name()) + " TO " + sql(name.table());
    }

    private String exchange() {
        return "EXCHANGE TABLES " + sql(name.name()) + " AND " + sql(name.table());
    }

    /**
     * Once the new table has its name, the other name is that of the table it replaces. Looks
     * first, because an exchange that was sent before may have come late and changed the names
     * again.
     *
     * @return whether the new table has its name
     */
    private boolean dropOld(StagingStatements server) throws InterruptedException {
        Seen seen = server.look();
        if (!isMine(seen.target())) {
            return false;
        }
        if (turn == Turn.REPLACE && !seen.staging().isEmpty() && !isMine(seen.staging())) {
            drop(server, name.name());
        }
        return true;
    }

    @Override
    public void abort() {
        aborted = true;
        try {
            drop(new StagingStatements(target, name), name.name());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            LOG.warn("{} is left behind; drop it.", stagingTitle(), stopped);
        }
    }

    /**
     * Drops the table if it has not taken its name, else what it has replaced.
     *
     * @throws VeloException if the server cannot be asked, or the table is still there
     */
    void dropUnfinished() {
        StagingStatements server = new StagingStatements(target, name);
        try {
            if (dropOld(server) || !isMine(server.look().staging())) {
                return;
            }
            drop(server, name.name());
            if (isMine(server.look().staging())) {
                throw Problem.of(
                                ErrorCode.IO_NOT_RESUMABLE,
                                stagingTitle()
                                        + " holds rows of an earlier execution of the job and"
                                        + " cannot be dropped.")
                        .at(target.place())
                        .remedy(
                                title()
                                        + " is as it was. Drop the other on the server, for which"
                                        + " the user may lack the right (the log says why), and"
                                        + " start the statement again.")
                        .toException();
            }
        } catch (InterruptedException stopped) {
            throw interrupted(stopped);
        }
    }

    /** As {@link #dropUnfinished}, at the end of a job, which no failure can change any more. */
    void abandon() {
        try {
            dropUnfinished();
        } catch (RuntimeException failure) {
            LOG.warn("{} may be left behind; drop it.", stagingTitle(), failure);
        }
    }

    /** Drops what jobs for the same table left behind, if nothing was written for this long. */
    void dropLeftBehind(Duration age) throws InterruptedException {
        dropLeftBehind(new StagingStatements(target, name), age);
    }

    private void dropLeftBehind(StagingStatements server, Duration age)
            throws InterruptedException {
        String database = Sql.text(target.database());
        String start = Sql.text(name.start());
        String old =
                "SELECT name FROM system.tables WHERE database = "
                        + database
                        + " AND startsWith(name, "
                        + start
                        + ") AND length(name) = "
                        + name.bytes()
                        + " AND name != "
                        + Sql.text(name.name())
                        + " AND greatest(metadata_modification_time, (SELECT"
                        + " max(modification_time) FROM system.parts WHERE database = "
                        + database
                        + " AND startsWith(table, "
                        + start
                        + "))) <= now() - "
                        + age.toSeconds();
        try {
            for (List<String> left : server.run("Looking for tables left behind", old)) {
                LOG.warn("Dropping {}, which an earlier job left behind.", left.get(0));
                drop(server, left.get(0));
            }
        } catch (VeloException unseen) {
            LOG.warn("Tables that earlier jobs left behind are not dropped.", unseen);
        }
    }

    /** What cannot be dropped stays; that is no reason to fail what is over. */
    private void drop(StagingStatements server, String left) throws InterruptedException {
        try {
            server.drop(left);
        } catch (RuntimeException failure) {
            LOG.warn("{}.{} is left behind; drop it.", target.database(), left, failure);
        }
    }

    private IllegalStateException interrupted(InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(
                "A statement about " + stagingTitle() + " was interrupted.",
                new IOException(stopped));
    }

    private boolean isMine(String uuid) {
        return name.id().toString().equals(uuid);
    }

    private String sql(String table) {
        return Sql.table(target.database(), table);
    }

    private String title() {
        return target.database() + "." + name.table();
    }

    private String stagingTitle() {
        return target.database() + "." + name.name();
    }
}
