// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.testkit.fault.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left of a sandbox, however it ends. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SandboxEndITCase {

    @TempDir Path folder;

    @Test
    void leavesNoProcessNoPortAndNoFolder() {
        Sandbox sandbox = Sandbox.start(SandboxOptions.standard());
        List<Long> pids = sandbox.pids();
        URI webUi = sandbox.webUi();
        Path workFolder = sandbox.configuration().getParent();
        assertThat(pids).hasSize(2);

        sandbox.close();

        awaitEndOf(pids);
        assertThat(workFolder).doesNotExist();
        Await.until(() -> !listens(webUi));
    }

    @Test
    void keepsAWorkFolderThatWasGiven() {
        Sandbox sandbox = Sandbox.start(SandboxOptions.standard().withWorkFolder(folder));

        sandbox.close();

        assertThat(folder.resolve("log/jobmanager.log")).isNotEmptyFile();
    }

    @Test
    void endsWithAParentThatIsKilled() throws IOException, InterruptedException {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Djava.io.tmpdir=" + folder,
                                SandboxParent.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output = parent.inputReader(StandardCharsets.UTF_8);
        List<Long> pids = Stream.of(output.readLine().split(" ")).map(Long::valueOf).toList();
        assertThat(pids).hasSize(2).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        parent.destroyForcibly().waitFor();

        awaitEndOf(pids);
        assertThat(staleFolders()).hasSize(1);
        sweep();
        assertThat(staleFolders()).isEmpty();
    }

    /** A later sandbox deletes what the killed one could not. */
    private void sweep() {
        String before = System.setProperty("java.io.tmpdir", folder.toString());
        try {
            WorkFolder.of(java.util.Optional.empty()).close();
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    private List<Path> staleFolders() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains("velo-sandbox-")).toList();
        }
    }

    private static void awaitEndOf(List<Long> pids) {
        Await.untilHolds(
                () -> assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    private static boolean listens(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
