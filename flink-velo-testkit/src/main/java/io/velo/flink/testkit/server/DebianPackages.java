// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Packages of the host's own Debian release, unpacked into a folder; nothing is installed, and no
 * rights of root are needed.
 */
record DebianPackages(List<String> names) {

    static boolean areThere() {
        return Command.isThere("apt-get") && Command.isThere("dpkg");
    }

    /** The release's code name, such as {@code bookworm}; {@code unknown} if it has none. */
    static String release() throws IOException {
        Path file = Path.of("/etc/os-release");
        if (Files.notExists(file)) {
            return "unknown";
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.getProperty("VERSION_CODENAME", "unknown");
    }

    /** Downloads the packages and unpacks them into the folder. */
    void fetch(Path folder) throws IOException {
        Command.require("apt-get", "dpkg");
        Progress.report("Fetching " + names.get(0) + " with apt-get.");
        Path downloads = Files.createTempDirectory("velo-fetch-");
        try {
            download(downloads);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(downloads, "*.deb")) {
                for (Path file : files) {
                    Command.in(folder).run("dpkg", "-x", file.toString(), folder.toString());
                }
            }
        } finally {
            Folders.delete(downloads);
        }
    }

    private void download(Path downloads) throws IOException {
        try {
            Command.in(downloads).run(words(List.of(), "download", names));
        } catch (ServerUnavailableException e) {
            // Containers often come without package lists: fetch lists of our own.
            Path lists = Files.createDirectories(downloads.resolve("state/lists/partial"));
            Path archives = Files.createDirectories(downloads.resolve("cache/archives/partial"));
            List<String> own =
                    List.of(
                            "-o", "Dir::State=" + lists.getParent().getParent(),
                            "-o", "Dir::State::status=/var/lib/dpkg/status",
                            "-o", "Dir::Cache=" + archives.getParent().getParent());
            Command.in(downloads).run(words(own, "update", List.of()));
            Command.in(downloads).run(words(own, "download", names));
        }
    }

    private static List<String> words(List<String> options, String verb, List<String> names) {
        List<String> words = new ArrayList<>(List.of("apt-get", "-q"));
        words.addAll(options);
        words.add(verb);
        words.addAll(names);
        return words;
    }
}
