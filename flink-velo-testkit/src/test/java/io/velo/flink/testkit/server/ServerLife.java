// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;

/** Takes a server through all it must survive: kill, restart, pause, stop, close. */
final class ServerLife {

    /** One step of a test's talk with a server. */
    interface Step {
        void run() throws Exception;
    }

    private final Server server;
    private Step write;
    private Step read;

    private ServerLife(Server server) {
        this.server = server;
    }

    static ServerLife of(Server server) {
        return new ServerLife(server);
    }

    /** Puts data into the server. */
    ServerLife writing(Step step) {
        write = step;
        return this;
    }

    /** Fails unless the data is there. */
    ServerLife reading(Step step) {
        read = step;
        return this;
    }

    void run() throws Exception {
        int port = server.port();
        try {
            RequiredServer.started(server);
            write.run();
            killAndRestart();
            read.run();
            server.restart();
            read.run();
            stopAndStart();
            read.run();
            server.stop();
            assertNothingRuns();
            assertThat(server.port()).isEqualTo(port);
        } finally {
            server.close();
        }
        assertThat(Files.exists(server.folder())).isFalse();
        assertThat(ProcessTable.mentioning(server.folder().toString())).isEmpty();
    }

    private void killAndRestart() {
        List<Long> before = server.pids();
        assertThat(before).isNotEmpty();
        server.kill();
        assertNothingRuns();
        server.restart();
        assertThat(server.isRunning()).isTrue();
        assertThat(server.pids()).doesNotContainAnyElementsOf(before);
    }

    private void stopAndStart() {
        server.stop();
        assertNothingRuns();
        server.start();
        server.start();
    }

    private void assertNothingRuns() {
        assertThat(server.isRunning()).isFalse();
        assertThat(server.pids()).isEmpty();
        assertThat(ClaimedPort.isFree(server.port())).isTrue();
        assertThat(ProcessTable.mentioning(server.folder().toString())).isEmpty();
    }
}
