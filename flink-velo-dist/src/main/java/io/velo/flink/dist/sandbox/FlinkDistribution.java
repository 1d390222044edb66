// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.PackageCache;
import io.velo.flink.testkit.server.ServerUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try {
            return new FlinkDistribution(
                    version,
                    PackageCache.ofUser()
                            .entry("flink-" + version, home -> fill(version, home, progress)));
        } catch (ServerUnavailableException e) {
            throw new SandboxException(
                    "Flink "
                            + version
                            + " cannot be fetched with Maven, whose repository must be reachable"
                            + " and have this version. "
                            + e.getMessage(),
                    e);
        }
    }

    /** The jars that every process of a cluster has on its class path. */
    public Path lib() {
        return home.resolve("lib");
    }

    /** The jars that only the SQL Client has on its class path. */
    public Path opt() {
        return home.resolve("opt");
    }

    private static void fill(String version, Path home, Consumer<String> progress)
            throws IOException {
        progress.accept("Fetching the jars of Flink " + version + " with Maven (once).");
        Path lib = Files.createDirectory(home.resolve("lib"));
        FlinkJars.copy(version, lib, progress);
        moveOptional(lib, Files.createDirectory(home.resolve("opt")));
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
