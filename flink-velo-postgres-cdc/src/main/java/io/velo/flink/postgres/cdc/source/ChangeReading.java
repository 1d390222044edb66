// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.cdc.source;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.cdc.CaptureSettings;
import io.velo.flink.postgres.cdc.pgoutput.ChangeHandler;
import io.velo.flink.postgres.cdc.pgoutput.Relation;
import io.velo.flink.postgres.cdc.pgoutput.Tuple;
import io.velo.flink.postgres.cdc.replication.Lsn;
import io.velo.flink.postgres.cdc.row.Change;
import io.velo.flink.postgres.cdc.row.ChangeContext;
import io.velo.flink.postgres.cdc.row.EnvelopeRows;
import io.velo.flink.postgres.cdc.row.RowWriter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns the messages of transactions into events of a batch, from a position on: what was emitted
 * before a failure comes again from the server and is passed over, by commits and ordinals. Used by
 * one thread.
 */
final class ChangeReading implements ChangeHandler {

    private static final long EPOCH_MILLIS = 946_684_800_000L;

    private final CaptureSettings settings;
    private final RelationPlanner planner;
    private final ChangeContext context;
    private final Map<Integer, CapturedRelation> relations = new HashMap<>();
    private StreamPosition position;
    private ChangeBatch batch;
    private final RowWriter out = row -> batch.add(row);
    private long messageLsn;
    private long changeLsn;

    private boolean open;
    private boolean passedOver;
    private long commitLsn;
    private int xid;
    private long millis;
    private long ordinal;
    private long resumeAt;
    private long hidden;

    /** Reads from a position on. */
    ChangeReading(
            CaptureSettings settings,
            RelationPlanner planner,
            ChangeContext context,
            StreamPosition position) {
        this.settings = settings;
        this.planner = planner;
        this.context = context;
        this.position = position;
    }

    /** The events that follow go into this batch. */
    void into(ChangeBatch newBatch) {
        batch = newBatch;
        if (open && !passedOver) {
            batch.begin(completed(), commitLsn, xid, millis);
        }
    }

    /** The message that follows stands here. */
    void messageAt(long lsn) {
        messageLsn = lsn;
    }

    /** Whether a transaction is under way. */
    boolean isOpen() {
        return open;
    }

    /** How far was read: what a new connection goes on from. */
    StreamPosition position() {
        return open && !passedOver && ordinal >= resumeAt
                ? completed().inside(commitLsn, xid, ordinal, changeLsn)
                : position;
    }

    /** The server has nothing to send that stands before this. */
    void idleAt(long lsn) {
        if (!open
                && position.openCommitLsn() == 0
                && Long.compareUnsigned(lsn, position.endLsn()) > 0) {
            position =
                    new StreamPosition(position.timeline(), lsn, position.commitLsn(), 0, 0, 0, 0);
        }
    }

    /** How many changes were left out because rows that were read before show them. */
    long hidden() {
        return hidden;
    }

    private StreamPosition completed() {
        return new StreamPosition(
                position.timeline(), position.endLsn(), position.commitLsn(), 0, 0, 0, 0);
    }

    @Override
    public void begin(long commit, long commitMicros, int transaction) {
        open = true;
        commitLsn = commit;
        xid = transaction;
        millis = Math.floorDiv(commitMicros, 1000L) + EPOCH_MILLIS;
        ordinal = 0;
        changeLsn = 0;
        resumeAt = 0;
        passedOver =
                position.commitLsn() != 0
                        && Long.compareUnsigned(commit, position.commitLsn()) <= 0;
        if (passedOver) {
            return;
        }
        boolean again = position.openCommitLsn() != 0;
        if (again) {
            if (commit != position.openCommitLsn() || transaction != position.openXid()) {
                throw altered("transaction " + Lsn.text(position.openCommitLsn()) + " is missing");
            }
            resumeAt = position.ordinal();
        }
        relations.values().forEach(relation -> relation.begin(commit));
        context.transaction(commit, commitMicros, transaction);
        batch.begin(completed(), commit, transaction, millis);
        if (settings.layout().markers() && !again) {
            context.change(messageLsn, 0);
            batch.add(EnvelopeRows.marker("BEGIN", settings.layout(), context));
            batch.endChange(0, messageLsn);
        }
    }

    @Override
    public void commit(long commit, long endLsn, long commitMicros) {
        open = false;
        if (passedOver) {
            idleAt(endLsn);
            return;
        }
        if (ordinal < resumeAt) {
            throw altered("transaction " + Lsn.text(commit) + " has fewer changes than before");
        }
        position = new StreamPosition(position.timeline(), endLsn, commit, 0, 0, 0, 0);
        if (settings.layout().markers()) {
            context.change(messageLsn, ordinal);
            batch.add(EnvelopeRows.marker("COMMIT", settings.layout(), context));
            batch.endAt(position, millis);
        }
    }

    private VeloException altered(String fault) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The changes differ from those that were read before: " + fault + ".")
                .at(settings.database().place())
                .remedy(
                        "Was the publication changed? Start the job without its state, which reads"
                                + " the tables again.")
                .toException();
    }

    @Override
    public void relation(Relation relation) {
        try {
            CapturedRelation planned = planner.plan(relation);
            if (planned != null) {
                if (open) {
                    planned.begin(commitLsn);
                }
                relations.put(relation.oid(), planned);
            } else if (relations.containsKey(relation.oid())) {
                throw renamed(relations.get(relation.oid()), relation);
            }
        } catch (SQLException e) {
            throw new StreamBroken(e);
        }
    }

    private VeloException renamed(CapturedRelation before, Relation now) {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "Table "
                                + before.schema()
                                + "."
                                + before.table()
                                + " was renamed or moved to "
                                + now.schema()
                                + "."
                                + now.table()
                                + ", which is not captured.")
                .at(settings.database().place())
                .remedy(
                        "Start the job without its state under the name that the table has now; it"
                                + " reads the table again.")
                .toException();
    }

    /** Whether the change is to be emitted: it is not one that was passed before. */
    private boolean isNext() {
        ordinal++;
        changeLsn = messageLsn;
        if (passedOver || ordinal > resumeAt) {
            return !passedOver;
        }
        if (ordinal == resumeAt && position.changeLsn() != messageLsn) {
            throw altered(
                    "change "
                            + ordinal
                            + " of transaction "
                            + Lsn.text(commitLsn)
                            + " stands at "
                            + Lsn.text(messageLsn)
                            + " instead of "
                            + Lsn.text(position.changeLsn()));
        }
        return false;
    }

    private void write(int oid, Change change, Tuple old, boolean oldIsFull, Tuple row) {
        if (!isNext()) {
            return;
        }
        CapturedRelation relation = relations.get(oid);
        if (relation == null) {
            return;
        }
        context.change(messageLsn, ordinal);
        context.table(relation.schema(), relation.table());
        long before = relation.hidden();
        relation.write(change, old, oldIsFull, row, xid, out);
        hidden += relation.hidden() - before;
        if (batch.isEventOpen()) {
            batch.endChange(ordinal, messageLsn);
        }
    }

    @Override
    public void insert(int relation, Tuple row) {
        write(relation, Change.INSERT, null, false, row);
    }

    @Override
    public void update(int relation, Tuple old, boolean oldIsFull, Tuple row) {
        write(relation, Change.UPDATE, old, oldIsFull, row);
    }

    @Override
    public void delete(int relation, Tuple old, boolean oldIsFull) {
        write(relation, Change.DELETE, old, oldIsFull, null);
    }

    @Override
    public void truncate(int[] oids) {
        if (!isNext()) {
            return;
        }
        for (int oid : oids) {
            CapturedRelation relation = relations.get(oid);
            if (relation != null) {
                context.change(messageLsn, ordinal);
                context.table(relation.schema(), relation.table());
                relation.truncate(xid, out);
            }
        }
        if (batch.isEventOpen()) {
            batch.endChange(ordinal, messageLsn);
        }
    }

    @Override
    public void streamStart(int transaction) {
        throw new IllegalStateException("Blocks are kept until their transaction ends.");
    }

    @Override
    public void streamStop() {
        throw new IllegalStateException("Blocks are kept until their transaction ends.");
    }

    @Override
    public void streamCommit(int transaction, long commit, long endLsn, long commitMicros) {
        throw new IllegalStateException("Blocks are kept until their transaction ends.");
    }

    @Override
    public void streamAbort(int transaction, int part) {
        // A server of version 18 sends these also where nothing is streamed.
    }

    /** The stream cannot go on because the server could not be asked. */
    static final class StreamBroken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final SQLException reason;

        StreamBroken(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }
}
