// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.leak;

import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LookupCycle;
import io.velo.flink.testkit.cycle.SinkCycle;
import io.velo.flink.testkit.cycle.SourceCycle;
import io.velo.flink.testkit.server.ClickHouseServer;
import io.velo.flink.testkit.server.RequiredServer;
import io.velo.flink.testkit.target.ClickHouseQueries;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scan, lookup and sink of ClickHouse leave nothing behind, however often they are opened. */
@Timeout(900)
class ClickHouseLeaksITCase {

    private final ClickHouseServer server = RequiredServer.clickhouse();
    private final String table = Cycles.newTable();

    @Test
    void scan() throws Exception {
        create();
        say("INSERT INTO " + table + " SELECT number, 'x' FROM numbers(100000)");
        Cycles.leaveNothing("clickhouse scan", SourceCycle.of(planned(), Cycles.READ));
    }

    @Test
    void lookup() throws Exception {
        create();
        say("INSERT INTO " + table + " SELECT number, 'x' FROM numbers(1000)");
        Cycles.leaveNothing("clickhouse lookup", LookupCycle.of(planned(), GenericRowData.of(7)));
    }

    @Test
    void sink() throws Exception {
        create();
        Cycles.leaveNothing("clickhouse sink", SinkCycle.of(planned(), Cycles.rows()));
    }

    private void create() throws Exception {
        say("CREATE TABLE " + table + " (id Int32, name String) ENGINE = MergeTree ORDER BY id");
    }

    private void say(String statement) throws Exception {
        new ClickHouseQueries(server).say(statement);
    }

    private Planning planned() {
        return Planning.of(
                        Cycles.USERS,
                        "clickhouse://127.0.0.1:"
                                + server.port()
                                + "/"
                                + server.database()
                                + "?table="
                                + table)
                .with("username", server.username())
                .with("password", server.password());
    }
}
