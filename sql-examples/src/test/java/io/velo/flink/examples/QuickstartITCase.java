// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.sandbox.ProgramOutcome;
import io.velo.flink.dist.sandbox.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quickstart and the examples, by the SQL Client on a cluster that has only the bundle. */
class QuickstartITCase {

    static final String RESULT =
            "SELECT formatDateTime(day, '%Y-%m-%d', 'UTC'), state, region, flights,"
                    + " printf('%.6f', average_delay), worst_delay"
                    + " FROM delays_by_state FINAL ORDER BY day, state FORMAT TabSeparated";

    private final ExampleServers servers = new ExampleServers();

    @Test
    void givesTheSameAnswerAsPlainSql() throws Exception {
        servers.askClickHouse("DROP TABLE IF EXISTS delays_by_state");
        ExampleServers.data().loadAirports(servers.postgres());
        ExampleServers.data().loadStates(servers.redis());
        ExampleServers.data().sendFlights(servers.kafka(), ExampleServers.data().flights());
        try (Sandbox sandbox = Sandbox.start(servers.sandbox(2))) {
            ProgramOutcome outcome = sandbox.runSql(ExampleServers.file("quickstart.sql"));

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(outcome.output()).contains("Texas").doesNotContain("VELO-");
            List<String> expected = ExpectedDelays.compute(servers.postgres());
            assertThat(expected).hasSizeGreaterThan(3000);
            assertThat(servers.askClickHouse(RESULT)).containsExactlyElementsOf(expected);
        }
    }
}
