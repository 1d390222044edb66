// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link LeashedProcess} with programs that every system has. */
class LeashedProcessTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    @TempDir Path folder;

    @Test
    void aKilledProgramIsGoneWithItsChildrenAndItsLeash() throws Exception {
        LeashedProcess process = program("sleep 300 & sleep 300; true");
        assertThat(Eventually.isTrue(() -> process.pids().size() == 3)).isTrue();
        assertThat(process.pids().get(0)).isEqualTo(process.pid());
        process.kill();
        assertThat(process.isAlive()).isFalse();
        assertThat(process.pids()).isEmpty();
        assertThat(ProcessTable.mentioning(folder.toString())).isEmpty();
    }

    @Test
    void aProgramIsEndedByItsSignal() throws Exception {
        LeashedProcess process =
                program("trap 'echo ended; exit' USR1; echo ready; while :; do sleep 0.01; done");
        assertThat(Eventually.isTrue(() -> log().contains("ready"))).isTrue();
        process.end("USR1", Duration.ofSeconds(60));
        assertThat(log()).isEqualTo("ready\nended\n");
        assertThat(ProcessTable.mentioning(folder.toString())).isEmpty();
    }

    @Test
    void aProgramThatIgnoresItsSignalIsKilled() throws Exception {
        LeashedProcess process = program("trap '' TERM; echo ready; while :; do sleep 0.01; done");
        assertThat(Eventually.isTrue(() -> log().contains("ready"))).isTrue();
        process.end("TERM", PATIENCE);
        assertThat(process.isAlive()).isFalse();
        assertThat(ProcessTable.mentioning(folder.toString())).isEmpty();
    }

    @Test
    void aProgramThatEndsByItselfIsNoticed() throws Exception {
        LeashedProcess process = program("echo done; exit 1");
        assertThat(Eventually.isTrue(() -> !process.isAlive())).isTrue();
        process.kill();
        assertThat(log()).isEqualTo("done\n");
        assertThat(ProcessTable.mentioning(folder.toString())).isEmpty();
    }

    @RepeatedTest(3)
    void aProgramThatStartsOthersAllTheTimeLeavesNoneOfThem() throws Exception {
        LeashedProcess process = program("while :; do sleep 30.001 & sleep 0.001; done");
        assertThat(Eventually.isTrue(() -> process.pids().size() > 20)).isTrue();
        process.kill();
        assertThat(ProcessTable.mentioning(folder.toString())).isEmpty();
    }

    @Test
    void aPausedProgramCanBeKilled() throws Exception {
        LeashedProcess process = program("while :; do sleep 0.01; done");
        process.signalAll("STOP");
        assertThat(process.isAlive()).isTrue();
        process.kill();
        assertThat(ProcessTable.mentioning(folder.toString())).isEmpty();
    }

    private LeashedProcess program(String script) throws Exception {
        return LeashedProcess.program(
                List.of("sh", "-c", script), Map.of(), folder, folder.resolve("out.log"));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("out.log"));
        } catch (IOException e) {
            return "";
        }
    }
}
