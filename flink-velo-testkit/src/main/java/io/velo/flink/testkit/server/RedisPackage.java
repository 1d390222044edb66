// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Redis's server program: of the host's Debian release (7.0 or newer) where there is one, else
 * 6.2.11 out of a Maven artifact. Holds the program and the folder of its libraries.
 */
record RedisPackage(Path program, Path libraries) {

    private static final DebianPackages DEBIAN =
            new DebianPackages(
                    List.of(
                            "redis-server",
                            "redis-tools",
                            "liblzf1",
                            "libjemalloc2",
                            "liblua5.1-0",
                            "lua-cjson",
                            "lua-bitop",
                            "libatomic1",
                            "libhiredis0.14"));

    /** The package, fetched if need be. */
    static RedisPackage get() throws IOException {
        Platform platform = Platform.current();
        if (platform.isLinux() && DebianPackages.areThere()) {
            try {
                return debian(platform);
            } catch (ServerUnavailableException e) {
                Progress.report(
                        "Redis of this Debian release cannot be had, Redis 6.2 is used instead. "
                                + e.getMessage());
            }
        }
        return maven(platform);
    }

    /** What the program needs in its environment. */
    Map<String, String> environment() {
        return libraries == null ? Map.of() : Map.of("LD_LIBRARY_PATH", libraries.toString());
    }

    private static RedisPackage debian(Platform platform) throws IOException {
        String name = "redis-debian-" + DebianPackages.release() + "-" + platform.redis();
        Path root =
                PackageCache.ofUser()
                        .entry(
                                name,
                                folder -> {
                                    DEBIAN.fetch(folder);
                                    debianIn(folder, platform).check();
                                });
        return debianIn(root, platform);
    }

    private static RedisPackage debianIn(Path root, Platform platform) {
        return new RedisPackage(
                root.resolve("usr/bin/redis-server"),
                root.resolve("usr/lib").resolve(platform.debianLibraries()));
    }

    private static RedisPackage maven(Platform platform) {
        Path folder =
                PackageCache.ofUser()
                        .entry(
                                "redis-maven-"
                                        + ServerVersions.EMBEDDED_REDIS
                                        + "-"
                                        + platform.redis(),
                                empty -> fillFromMaven(empty, platform));
        return new RedisPackage(folder.resolve("redis-server"), null);
    }

    private static void fillFromMaven(Path folder, Platform platform) throws IOException {
        Path download = Files.createTempDirectory("velo-fetch-");
        try {
            Path jar =
                    new MavenPackage(
                                    "com.github.codemonstur",
                                    "embedded-redis",
                                    ServerVersions.EMBEDDED_REDIS)
                            .fetchAlone(download);
            Path program = folder.resolve("redis-server");
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry entry =
                        zip.stream()
                                .filter(candidate -> isProgram(candidate.getName(), platform))
                                .findFirst()
                                .orElseThrow(() -> new IOException(jar + " holds no program."));
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, program);
                }
            }
            program.toFile().setExecutable(true);
            new RedisPackage(program, null).check();
        } finally {
            Folders.delete(download);
        }
    }

    private static boolean isProgram(String entry, Platform platform) {
        return entry.startsWith("redis-server-") && entry.endsWith(platform.redis());
    }

    /** Runs the program once: a library it needs may be missing on this host. */
    private void check() throws IOException {
        Command command = Command.in(program.getParent());
        environment().forEach(command::with);
        command.run(program.toString(), "--version");
    }
}
