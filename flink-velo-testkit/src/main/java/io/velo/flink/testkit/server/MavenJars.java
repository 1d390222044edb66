// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars that a POM needs at run time, fetched by the {@code mvn} program with its own settings.
 * Not thread-safe.
 */
public final class MavenJars {

    /** Maven keeps what has come, so a slow line gets further with each attempt. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final URL pom;
    private final List<String> properties = new ArrayList<>();

    private MavenJars(URL pom) {
        this.pom = pom;
    }

    /** The jars of the dependencies that this POM names, and of theirs. */
    public static MavenJars of(URL pom) {
        return new MavenJars(pom);
    }

    /** With a property of the POM, or of Maven's {@code dependency:copy-dependencies}. */
    public MavenJars with(String property, String value) {
        properties.add("-D" + property + "=" + value);
        return this;
    }

    /**
     * Copies the jars into the folder, which exists, under the names of Maven's repositories.
     *
     * @throws ServerUnavailableException if {@code mvn} is missing or fails; the message ends with
     *     what it said
     * @throws IOException if the machine's temporary folder cannot be written
     */
    public void copyTo(Path folder) throws IOException {
        Command.require("mvn");
        Path project = Files.createTempDirectory("velo-fetch-");
        try (InputStream content = pom.openStream()) {
            Files.copy(content, project.resolve("pom.xml"));
            Command.in(project).within(LIMIT).run(words(folder));
        } finally {
            Folders.delete(project);
        }
    }

    private List<String> words(Path folder) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "mvn",
                                "-q",
                                "-B",
                                "-Dstyle.color=never",
                                "-DincludeScope=runtime",
                                "-DoutputDirectory=" + folder.toAbsolutePath()));
        words.addAll(properties);
        // The build that runs us may keep its packages elsewhere.
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            words.add("-Dmaven.repo.local=" + repository);
        }
        words.add(
                "org.apache.maven.plugins:maven-dependency-plugin:"
                        + ServerVersions.MAVEN_DEPENDENCY_PLUGIN
                        + ":copy-dependencies");
        return words;
    }
}
