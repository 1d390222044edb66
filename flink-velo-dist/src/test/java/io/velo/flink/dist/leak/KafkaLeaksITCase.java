// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.leak;

import io.velo.flink.testkit.contract.Planning;
import io.velo.flink.testkit.cycle.SinkCycle;
import io.velo.flink.testkit.cycle.SourceCycle;
import io.velo.flink.testkit.server.RequiredServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Source and sink of Kafka leave nothing behind, however often they are opened. */
@Timeout(900)
class KafkaLeaksITCase {

    private final String topic = Cycles.newTable();

    @Test
    void source() throws Exception {
        SinkCycle filling = SinkCycle.of(planned(""), Cycles.rows());
        filling.run();
        filling.run();
        Cycles.leaveNothing(
                "kafka source",
                SourceCycle.of(planned("?offset=earliest&fetch.max.wait.ms=10"), Cycles.READ));
    }

    @Test
    void sink() throws Exception {
        Cycles.leaveNothing("kafka sink", SinkCycle.of(planned(""), Cycles.rows()));
    }

    private Planning planned(String parameters) {
        return Planning.of(
                Cycles.USERS,
                "kafka://" + RequiredServer.kafka().bootstrapServers() + "/" + topic + parameters);
    }
}
