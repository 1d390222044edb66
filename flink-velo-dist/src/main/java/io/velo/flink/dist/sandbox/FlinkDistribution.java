// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The jars of one Flink version, laid out as in a Flink distribution: {@code lib} for every process
 * of a cluster, {@code opt} for the SQL Client besides. Immutable, therefore thread-safe.
 *
 * @param version such as {@code 2.3.0}
 * @param home the folder with {@code lib} and {@code opt}
 */
public record FlinkDistribution(String version, Path home) {

    /** What a distribution keeps in {@code opt}: its start script adds these for the SQL Client. */
    private static final List<String> OPTIONAL =
            List.of("flink-sql-client-", "flink-sql-gateway-", "flink-python-");

    /**
     * The distribution of this version, from the cache; fetched by Maven if it is not there.
     *
     * @param progress takes one sentence per step that takes long
     * @throws SandboxException if Maven is missing or cannot fetch it
     */
    public static FlinkDistribution resolve(String version, Consumer<String> progress) {
        Path home = CacheFolder.current().resolve("flink-" + version);
        if (!Files.isDirectory(home)) {
            fetchOnce(version, home, progress);
        }
        return new FlinkDistribution(version, home);
    }

    /** The jars that every process of a cluster has on its class path. */
    public Path lib() {
        return home.resolve("lib");
    }

    /** The jars that only the SQL Client has on its class path. */
    public Path opt() {
        return home.resolve("opt");
    }

    // Synchronized, because a file lock counts for the whole JVM and not for a thread.
    private static synchronized void fetchOnce(
            String version, Path home, Consumer<String> progress) {
        try {
            Files.createDirectories(home.getParent());
            Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
            try (FileChannel channel =
                            FileChannel.open(
                                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isDirectory(home)) {
                    fetch(version, home, progress);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Folder " + home + " cannot be written.", e);
        }
    }

    private static void fetch(String version, Path home, Consumer<String> progress)
            throws IOException {
        progress.accept("Fetching the jars of Flink " + version + " with Maven (once).");
        Path sibling = Files.createTempDirectory(home.getParent(), "flink-" + version + "-");
        try {
            Path lib = Files.createDirectories(sibling.resolve("lib"));
            FlinkJars.copy(version, lib, progress);
            moveOptional(lib, Files.createDirectories(sibling.resolve("opt")));
            // The folder appears whole or not at all.
            Files.move(sibling, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(sibling);
        }
    }

    private static void moveOptional(Path lib, Path opt) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(lib)) {
            jars = files.toList();
        }
        for (Path jar : jars) {
            String name = jar.getFileName().toString();
            if (OPTIONAL.stream().anyMatch(name::startsWith)) {
                Files.move(jar, opt.resolve(name));
            }
        }
    }
}
