// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.leak;

import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.LookupCycle;
import io.velo.flink.testkit.cycle.SinkCycle;
import io.velo.flink.testkit.server.RedisServer;
import io.velo.flink.testkit.server.RequiredServer;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Lookup and sink of Redis leave nothing behind, however often they are opened. */
@Timeout(900)
class RedisLeaksITCase {

    private final String table = Cycles.newTable();

    @Test
    void lookup() throws Exception {
        try (Jedis redis = new Jedis("127.0.0.1", RequiredServer.redis().port())) {
            redis.hset(table + ":7", Map.of("name", "x"));
        }
        Cycles.leaveNothing("redis lookup", LookupCycle.of(planned(), GenericRowData.of(7)));
    }

    @Test
    void sink() throws Exception {
        Cycles.leaveNothing("redis sink", SinkCycle.of(planned(), Cycles.rows()));
    }

    private Planning planned() {
        RedisServer server = RequiredServer.redis();
        return Planning.of(
                Cycles.KEYED,
                "redis://127.0.0.1:" + server.port() + "?key_pattern=" + table + ":{id}");
    }
}
