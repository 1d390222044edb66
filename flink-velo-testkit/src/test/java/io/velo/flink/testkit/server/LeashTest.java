// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Leash}, with nothing of Velo on the child's class path but the class itself. */
class LeashTest {

    private static final int KILLED = 137;

    @TempDir Path folder;

    @Test
    void aChildEndsWhenItsPipeIsClosed() throws Exception {
        Process child = waiting(Leash.PIPE);
        assertThat(child.isAlive()).isTrue();

        child.getOutputStream().close();

        assertThat(exitCode(child)).isEqualTo(KILLED);
    }

    @Test
    void aChildEndsWithTheProcessItWatches() throws Exception {
        Process parent = new ProcessBuilder("sleep", "300").start();
        Process child = waiting(Long.toString(parent.pid()));
        assertThat(child.isAlive()).isTrue();

        parent.destroyForcibly();

        assertThat(exitCode(child)).isEqualTo(KILLED);
    }

    @Test
    void aChildEndsAtOnceIfTheProcessItWatchesIsGone() throws Exception {
        Process parent = new ProcessBuilder("true").start();
        parent.waitFor();

        assertThat(exitCode(start(Long.toString(parent.pid())))).isEqualTo(KILLED);
    }

    /** A child that has started its program, which never ends by itself. */
    private Process waiting(String leash) throws IOException {
        Process child = start(leash);
        assertThat(child.inputReader().readLine()).isEqualTo("ready");
        return child;
    }

    private Process start(String leash) throws IOException {
        for (Class<?> type : List.of(Leash.class, WaitingMain.class)) {
            String file = type.getName().replace('.', '/') + ".class";
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.write(target, type.getResourceAsStream("/" + file).readAllBytes());
        }
        List<String> words =
                new JavaProgram(WaitingMain.class.getName(), List.of("ready"))
                        .option("-Xmx32m")
                        .classes(folder)
                        .words(leash);
        return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the child ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
