// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import java.io.IOException;
import java.util.Optional;

/**
 * Inserts a block that the table recognizes by its token as long as its deduplication window knows
 * it. A block of an earlier run of the job goes out again only if it surely does, or if it was
 * surely not inserted before. For one attempt at a time.
 */
final class WindowInsert implements InsertStatement {

    private final HttpTransport transport;
    private final DeduplicationWindow window;
    private final InsertedBlocks inserted;
    private final StagedBlock block;
    private final int underWay;
    private boolean open;

    /**
     * The insert of a block.
     *
     * @param underWay blocks that are inserted at the same time
     * @param checked whether an earlier run of the job may have inserted it, and that matters
     */
    WindowInsert(
            HttpTransport transport,
            DeduplicationWindow window,
            InsertedBlocks inserted,
            StagedBlock block,
            int underWay,
            boolean checked) {
        this.transport = transport;
        this.window = window;
        this.inserted = inserted;
        this.block = block;
        this.underWay = underWay;
        this.open = checked;
    }

    @Override
    public Optional<String> of(int attempt) throws IOException {
        if (open && !known()) {
            if (logged()) {
                return Optional.empty();
            }
            throw expired();
        }
        open = false;
        return Optional.of(block.statement());
    }

    private boolean known() throws IOException {
        if (window.seconds() > 0) {
            long age = (System.currentTimeMillis() - block.sealedAt()) / 1_000;
            return age < window.seconds();
        }
        long since = inserted.ask() - block.tableBlocks();
        return block.tableBlocks() >= 0 && since + underWay < window.blocks();
    }

    /** The log of queries can prove that the block was inserted, but not that it was not. */
    private boolean logged() {
        try {
            return !transport
                    .rows(
                            "SELECT 1 FROM system.query_log WHERE type = 'QueryFinish' AND"
                                    + " startsWith(query_id, "
                                    + Sql.text(block.token())
                                    + ") AND written_rows > 0 LIMIT 1")
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
