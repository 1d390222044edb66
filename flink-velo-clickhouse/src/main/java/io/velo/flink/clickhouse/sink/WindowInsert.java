// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts a block that the table recognizes by its token as long as its deduplication window knows
 * it. A block of an earlier run of the job goes out again only if it surely does, or if it was
 * surely not inserted before. For one attempt at a time.
 */
final class WindowInsert implements InsertStatement {

    private static final Logger LOG = LoggerFactory.getLogger(WindowInsert.class);

    private final HttpTransport transport;
    private final DeduplicationWindow window;
    private final InsertedBlocks inserted;
    private final StagedBlock block;
    private final int underWay;
    private final boolean resend;
    private volatile boolean sent;
    private volatile boolean wasSent;

    /**
     * The insert of a block.
     *
     * @param underWay blocks that may be inserted between a look at the window and an insert
     * @param restored whether an earlier run of the job may have inserted it
     * @param resend whether it is inserted also if nobody knows whether it is there
     */
    WindowInsert(
            HttpTransport transport,
            DeduplicationWindow window,
            InsertedBlocks inserted,
            StagedBlock block,
            int underWay,
            boolean restored,
            boolean resend) {
        this.transport = transport;
        this.window = window;
        this.inserted = inserted;
        this.block = block;
        this.underWay = underWay;
        this.sent = restored;
        this.resend = resend;
    }

    @Override
    public Optional<String> of(int attempt) throws IOException {
        wasSent = sent;
        if (sent && !resend && !known()) {
            if (proven()) {
                return Optional.empty();
            }
            throw expired();
        }
        sent = true;
        return Optional.of(block.statement());
    }

    @Override
    public void notSent() {
        sent = wasSent;
    }

    /**
     * A table that is not replicated notes a block just before it stores it. If the server ended
     * between the two, it takes the block for one that it has.
     */
    @Override
    public void answered(long written) {
        if (written == 0 && window.seconds() == 0 && startedLater() && !proven()) {
            LOG.warn(
                    "The server says that it has block {} already, and it was started after the"
                            + " block was sealed. If it was killed in the middle of the insert, the"
                            + " {} rows of the block are lost: look whether the table has them.",
                    block.token(),
                    block.rows());
        }
    }

    private boolean startedLater() {
        try {
            long uptime = Long.parseLong(transport.rows("SELECT uptime()").get(0).get(0));
            return uptime * 1_000 < System.currentTimeMillis() - block.sealedAt();
        } catch (IOException away) {
            return true;
        }
    }

    /** Whether the window still has the block, if it ever had: by its age and by its place. */
    private boolean known() throws IOException {
        if (window.seconds() > 0) {
            long age = (System.currentTimeMillis() - block.sealedAt()) / 1_000;
            if (age >= window.seconds() || !block.countsPartitions()) {
                return age < window.seconds();
            }
        }
        InsertedBlocks.Count now = inserted.ask();
        long since = now.blocks() - block.tableBlocks();
        long others = (long) underWay * now.partitions();
        // A number below the former one means that partitions were dropped.
        return block.tableBlocks() >= 0 && since >= 0 && since + others < window.blocks();
    }

    /** The log of queries can prove that the block was inserted, but not that it was not. */
    @Override
    public boolean proven() {
        try {
            return !transport
                    .rows(
                            "SELECT 1 FROM system.query_log WHERE type = 'QueryFinish' AND"
                                    + " startsWith(query_id, "
                                    + Sql.text(block.token())
                                    + ") AND position(query_id, "
                                    + Sql.text(BlockSender.PART)
                                    + ") = 0 AND written_rows > 0 LIMIT 1")
                    .isEmpty();
        } catch (IOException noLog) {
            return false;
        }
    }

    private RuntimeException expired() {
        return Problem.of(
                        ErrorCode.IO_NOT_RESUMABLE,
                        "The deduplication window ("
                                + window.describe()
                                + ") may have passed since block "
                                + block.token()
                                + " was sealed: nobody knows whether it is in the table.")
                .at(transport.target().place())
                .remedy(
                        "Look whether the table has its "
                                + block.rows()
                                + " rows. 'expired-window'='resend' inserts it, perhaps a second"
                                + " time; a larger window or 'commit-marker' avoids the question.")
                .toException();
    }
}
