// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.sink;

import io.velo.flink.clickhouse.http.HttpTransport;
import io.velo.flink.clickhouse.type.Sql;
import java.io.IOException;
import java.time.Duration;

/**
 * How many blocks a table has been given so far, which says whether its deduplication window still
 * knows one. For one thread.
 */
final class InsertedBlocks {

    /** A checkpoint waits for the answer; an older number only makes the window look smaller. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpTransport transport;
    private final String query;
    private long last = -1;

    InsertedBlocks(SinkPlan plan) {
        this.transport = new HttpTransport(plan.target().withSocketTimeout(PATIENCE));
        this.query =
                "SELECT max(max_block_number) FROM system.parts WHERE active AND database = "
                        + Sql.text(plan.target().database())
                        + " AND table = "
                        + Sql.text(plan.table());
    }

    /** The number, or the last one known if the server does not answer, or -1 for none. */
    long soFar() {
        try {
            last = ask();
        } catch (IOException away) {
            // Nothing is inserted while the server is away.
            return last;
        }
        return last;
    }

    /**
     * The number.
     *
     * @throws IOException if the server does not answer
     */
    long ask() throws IOException {
        return Long.parseLong(transport.rows(query).get(0).get(0));
    }
}
