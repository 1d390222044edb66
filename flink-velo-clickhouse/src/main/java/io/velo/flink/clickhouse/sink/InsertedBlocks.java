// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.http.Patience;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * How many blocks a table has been given so far, as its deduplication window counts them: one for
 * each partition of an insert. It says whether the window still knows one. For one thread at a
 * time.
 */
final class InsertedBlocks {

    /** A checkpoint waits for the answer; an older number only makes the window look smaller. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The server refuses an insert of more, unless somebody tells it not to. */
    private static final int MOST_PARTITIONS = 100;

    /**
     * The table's own answer.
     *
     * @param blocks given so far
     * @param partitions that it has now, at least 1, and at most as many as one insert may have
     */
    record Count(long blocks, int partitions) {}

    private final HttpTransport transport;
    private final String query;
    private long last;

    /** Counts the blocks of this table, without a number so far. */
    InsertedBlocks(SinkPlan plan) {
        this(plan, -1);
    }

    private InsertedBlocks(SinkPlan plan, long last) {
        this.transport = new HttpTransport(plan.target().withSocketTimeout(PATIENCE));
        this.query = query(plan);
        this.last = last;
    }

    /** Counts the blocks of this table, which was opened a moment ago. */
    static InsertedBlocks opened(SinkPlan plan, HttpTransport transport) throws IOException {
        return new InsertedBlocks(plan, count(plan, transport).blocks());
    }

    /** The number of blocks and of partitions of this table now. */
    static Count count(SinkPlan plan, HttpTransport transport) throws IOException {
        return Patience.inTask(
                transport,
                "Counting the blocks of " + plan.title(),
                () -> count(transport, query(plan)));
    }

    /**
     * Replicated tables number the blocks of each partition from 0, others all blocks of the table
     * from 1.
     */
    private static String query(SinkPlan plan) {
        String database = Sql.text(plan.target().database());
        String table = Sql.text(plan.table());
        // What another server was given says nothing about this shard's window.
        String pin = plan.placement().pin();
        return "SELECT if((SELECT match(engine, '^(Replicated|Shared)') FROM system.tables WHERE"
                + " database = "
                + database
                + " AND name = "
                + table
                + "), sum(latest + 1), max(latest)), count() FROM (SELECT max(max_block_number) AS"
                + " latest FROM system.parts WHERE active AND database = "
                + database
                + " AND table = "
                + table
                + " GROUP BY partition_id)"
                + (pin.isEmpty() ? "" : " WHERE " + pin);
    }

    /** The number, or the last one known if the server does not answer, or -1 for none. */
    long soFar() {
        try {
            last = ask().blocks();
        } catch (IOException away) {
            // Nothing is inserted while the server is away.
            return last;
        }
        return last;
    }

    /**
     * The number now.
     *
     * @throws IOException if the server does not answer
     */
    Count ask() throws IOException {
        return count(transport, query);
    }

    private static Count count(HttpTransport transport, String query) throws IOException {
        List<String> row = transport.rows(query).get(0);
        long partitions = Long.parseLong(row.get(1));
        return new Count(
                Long.parseLong(row.get(0)),
                (int) Math.max(1, Math.min(MOST_PARTITIONS, partitions)));
    }
}
