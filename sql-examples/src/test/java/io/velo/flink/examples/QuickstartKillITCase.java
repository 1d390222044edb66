// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.dist.demo.DemoData;
import io.velo.flink.dist.sandbox.ProgramOutcome;
import io.velo.flink.dist.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the TaskManagers in the middle of the quickstart's job, so that the one that runs it is hit
 * for sure. Rows since the last checkpoint are written again, carry the same key, and
 * ReplacingMergeTree keeps one of them: the result is equal by key.
 */
class QuickstartKillITCase {

    /** Later than every flight, so that the watermark closes the last day. */
    private static final byte[] LAST =
            "{\"date\":\"2001/05/01 00:00\",\"delay\":0,\"distance\":0,\"origin\":\"none\",\"destination\":\"none\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final ExampleServers servers = new ExampleServers();

    @TempDir Path folder;

    @Test
    void staysRightWhenTaskManagersAreKilledInTheMiddle() throws Exception {
        DemoData data = ExampleServers.data();
        List<byte[]> flights = data.flights();
        data.loadAirports(servers.postgres());
        data.loadStates(servers.redis());
        servers.askClickHouse("DROP TABLE IF EXISTS killed_delays");
        String topic = "killed_flights";
        data.sendFlights(servers.kafka(), topic, flights.subList(0, 8_000));
        try (Sandbox sandbox = Sandbox.start(servers.sandbox(2))) {
            ProgramOutcome submitted = sandbox.runSql(unboundedJob(topic));
            assertThat(submitted.exitCode()).as(submitted.output()).isZero();
            awaitRows(sandbox, 100);

            sandbox.killTaskManager(0);
            sandbox.killTaskManager(1);
            data.sendFlights(servers.kafka(), topic, flights.subList(8_000, 14_000));
            sandbox.startTaskManager();
            sandbox.startTaskManager();
            data.sendFlights(servers.kafka(), topic, flights.subList(14_000, flights.size()));
            data.sendFlights(servers.kafka(), topic, List.of(LAST));

            List<String> expected = ExpectedDelays.compute(servers.postgres());
            awaitRows(sandbox, expected.size());
            assertThat(servers.askClickHouse(result())).containsExactlyElementsOf(expected);
        }
    }

    /** The quickstart's job, but following the topic for ever and not waited for. */
    private Path unboundedJob(String topic) throws Exception {
        String sql = Files.readString(ExampleServers.file("quickstart.sql"));
        String job =
                sql.substring(0, sql.indexOf("-- No CREATE TABLE at all"))
                        .replace("'table.dml-sync' = 'true'", "'table.dml-sync' = 'false'")
                        .replace("&end=latest", "")
                        .replace("/flights?", "/" + topic + "?")
                        .replace("table=delays_by_state", "table=killed_delays");
        assertThat(job).contains(topic, "killed_delays").doesNotContain("end=latest");
        return Files.writeString(folder.resolve("job.sql"), job);
    }

    private void awaitRows(Sandbox sandbox, int wanted) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(300));
        while (rows() < wanted) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "Only " + rows() + " of " + wanted + " rows; logs in " + sandbox.logs());
            }
            Thread.sleep(100);
        }
    }

    private long rows() throws Exception {
        List<String> exists = servers.askClickHouse("EXISTS TABLE killed_delays");
        return exists.get(0).equals("0")
                ? 0
                : Long.parseLong(
                        servers.askClickHouse("SELECT count() FROM killed_delays FINAL").get(0));
    }

    private static String result() {
        return QuickstartITCase.RESULT.replace("delays_by_state", "killed_delays");
    }
}
