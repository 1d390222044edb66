// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** {@link RequiredServer} with a server that cannot be had. */
class RequiredServerTest {

    @TempDir Path work;

    private String before;

    @BeforeEach
    void keepProperty() {
        before = System.getProperty("velo.require", "available");
    }

    @AfterEach
    void restoreProperty() {
        System.setProperty("velo.require", before);
    }

    @Test
    void aServerThatCannotBeHadSkipsTheTestWithTheReason() {
        System.setProperty("velo.require", "available");
        assertThatThrownBy(() -> RequiredServer.started(new MissingServer(work)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("No package for it.");
    }

    @Test
    void aServerThatCannotBeHadFailsTheTestWhereAllAreRequired() {
        System.setProperty("velo.require", "all");
        assertThatThrownBy(() -> RequiredServer.started(new MissingServer(work)))
                .isInstanceOf(ServerUnavailableException.class)
                .hasMessage("No package for it.");
    }

    /** A server whose package does not exist. */
    private static final class MissingServer extends HostedServer {

        MissingServer(Path work) {
            super("missing", ServerPlace.in(work, "missing"));
        }

        @Override
        public String uri() {
            return "missing://127.0.0.1:" + port();
        }

        @Override
        ServerProgram program() {
            return new MissingProgram();
        }

        @Override
        ContainerImage image() {
            throw new ServerUnavailableException("No image for it.");
        }
    }

    /** The program that cannot be fetched. */
    private static final class MissingProgram implements ServerProgram {

        @Override
        public void fetch() {
            throw new ServerUnavailableException("No package for it.");
        }

        @Override
        public void prepare() {
            throw new AssertionError("Not fetched.");
        }

        @Override
        public LeashedProcess launch() {
            throw new AssertionError("Not fetched.");
        }

        @Override
        public String endSignal() {
            return "TERM";
        }

        @Override
        public boolean answers() {
            return false;
        }
    }
}
