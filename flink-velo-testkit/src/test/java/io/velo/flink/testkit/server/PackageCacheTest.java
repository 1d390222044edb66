// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link PackageCache}. */
class PackageCacheTest {

    @TempDir Path root;

    @Test
    void anEntryIsFilledOnceForAllThreads() throws Exception {
        AtomicInteger fillings = new AtomicInteger();
        Callable<Path> ask =
                () ->
                        new PackageCache(root)
                                .entry("server-1", folder -> fillings.incrementAndGet());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Path> entry : threads.invokeAll(Collections.nCopies(8, ask))) {
                assertThat(entry.get()).isEqualTo(root.resolve("server-1")).isDirectory();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(fillings).hasValue(1);
    }

    @Test
    void anEntryIsFilledOnceForAllJvms() throws Exception {
        List<Process> jvms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jvms.add(TestJvm.running(FillingMain.class, List.of(), root.toString()).start());
        }
        for (Process jvm : jvms) {
            assertThat(jvm.waitFor()).isZero();
        }
        assertThat(Files.readAllLines(root.resolve("fillings"))).hasSize(1);
    }

    @Test
    void anEntryIsNotThereWhileItIsBeingFilled() {
        new PackageCache(root)
                .entry(
                        "server-1",
                        folder -> {
                            assertThat(root.resolve("server-1")).doesNotExist();
                            Files.writeString(folder.resolve("program"), "content");
                        });
        assertThat(root.resolve("server-1/program")).hasContent("content");
    }

    @Test
    void aFailedFillingLeavesNothingAndIsTriedAgain() throws Exception {
        PackageCache cache = new PackageCache(root);
        assertThatThrownBy(
                        () ->
                                cache.entry(
                                        "server-1",
                                        folder -> {
                                            Files.writeString(folder.resolve("half"), "");
                                            throw new ServerUnavailableException("No way.");
                                        }))
                .hasMessage("No way.");
        assertThat(folders()).isEmpty();
        assertThat(cache.entry("server-1", folder -> {})).isDirectory();
    }

    @Test
    void whatAKilledJvmLeftIsDeleted() throws Exception {
        Files.createDirectories(root.resolve("server-1.part-old/inside"));
        new PackageCache(root).entry("server-1", folder -> {});
        assertThat(folders()).containsExactly("server-1");
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .toList();
        }
    }

    /** Asks for an entry; filling it adds a line to a file. */
    static final class FillingMain {

        private FillingMain() {}

        public static void main(String[] arguments) {
            Path root = Path.of(arguments[0]);
            new PackageCache(root)
                    .entry(
                            "server-1",
                            folder ->
                                    Files.writeString(
                                            root.resolve("fillings"),
                                            "filled\n",
                                            StandardOpenOption.CREATE,
                                            StandardOpenOption.APPEND));
        }
    }
}
