// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VeloTest {

    private static final String CANARY = "canary-pw-7421";

    @ParameterizedTest
    @ValueSource(strings = {"demo", "servers", "sql", "check", "schemes", "bench", "chaos", "dlq"})
    void everyCommandSaysWhatItDoes(String command) {
        CommandRun run = CommandRun.of(command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: velo " + command);
        assertThat(CommandRun.of("--help").out()).contains("  " + command + " ");
    }

    @Test
    void printsItsVersions() {
        assertThat(CommandRun.of("--version").out())
                .containsPattern("Velo \\d+\\.\\d+.*\\s+Flink 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "check",
                "bench",
                "demo --nonsense",
                "sql --task-managers x",
                "chaos kafka --seeds 0",
                "dlq"
            })
    void refusesAWrongCommandLineWithCodeTwo(String line) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("velo: ").contains("--help").hasLineCount(2);
    }

    @Test
    void refusesAServerThatItDoesNotKnow() {
        CommandRun run = CommandRun.of("servers", "oracle");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("velo: There is no server 'oracle'.").hasLineCount(1);
    }

    @Test
    void saysWhichChaosThereIs() {
        assertThat(CommandRun.of("chaos", "oracle").err())
                .startsWith("velo: There are no scenarios for 'oracle'. Schemes: clickhouse, ");
        assertThat(CommandRun.of("chaos", "redis", "--scenario", "none").err())
                .contains("Scenarios of redis: upserts");
        assertThat(CommandRun.of("chaos", "redis", "--plant", "stale-lookups").err())
                .contains("redis/upserts cannot plant 'stale-lookups'. It can plant: drop-rows");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        CommandRun run = CommandRun.of("sql", "-f", "/nowhere.sql");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualToIgnoringNewLines("velo: File /nowhere.sql cannot be read.");
    }

    @Test
    void saysThatTheSqlClientNeedsATerminal() {
        CommandRun run = CommandRun.of("sql");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("velo: The SQL Client needs a terminal").hasLineCount(1);
    }

    @Test
    void showsTheStackOnlyIfAsked() {
        assertThat(CommandRun.of("check", "nonsense://x").err()).doesNotContain("\tat ");
        assertThat(CommandRun.of("--verbose", "check", "nonsense://x").err()).contains("\tat ");
        assertThat(CommandRun.of("check", "nonsense://x", "--verbose").err()).contains("\tat ");
    }

    @Test
    void listsTheSchemesAndTheOptionsOfOne() {
        CommandRun all = CommandRun.of("schemes");
        CommandRun one = CommandRun.of("schemes", "KAFKA://");

        assertThat(all.exitCode()).isZero();
        assertThat(all.out()).contains("clickhouse", "kafka", "postgresql", "redis");
        assertThat(one.exitCode()).isZero();
        assertThat(one.out()).startsWith("kafka").contains("Options", "Default", "Examples");
    }

    @Test
    void namesTheNearestScheme() {
        CommandRun run = CommandRun.of("schemes", "kafak");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("VELO-URI-002").contains("Did you mean 'kafka'?");
    }

    @Test
    void neverPrintsAPassword() {
        List<String> uris =
                List.of(
                        "postgresql://me:" + CANARY + "@127.0.0.1:1/db?table=t",
                        "clickhouse://me:" + CANARY + "@127.0.0.1:1/db?table=t",
                        "redis://me:" + CANARY + "@127.0.0.1:1?key_pattern=a:{id}",
                        "pstgresql://me:" + CANARY + "@127.0.0.1:1/db",
                        "postgresql://me:" + CANARY + "@127.0.0.1:1/db?table=t&nonsense=1");
        for (String uri : uris) {
            CommandRun run = CommandRun.of("--verbose", "check", uri);

            assertThat(run.exitCode()).as(uri).isEqualTo(1);
            assertThat(run.out() + run.err()).contains("VELO-").doesNotContain(CANARY);
        }
    }
}
