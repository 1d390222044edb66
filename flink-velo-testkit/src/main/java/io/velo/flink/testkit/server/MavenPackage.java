// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A package of a Maven repository, fetched by the {@code mvn} program with its own settings. */
record MavenPackage(String group, String artifact, String version) {

    private static final String POM = "package.pom.xml";

    /** Copies the package's jar and all that it needs at run time into the folder. */
    void fetchWithDependencies(Path folder) throws IOException {
        fetch(folder, List.of());
    }

    /** Copies the package's jar into the folder and returns its path. */
    Path fetchAlone(Path folder) throws IOException {
        fetch(folder, List.of("-DexcludeTransitive=true"));
        return folder.resolve(artifact + "-" + version + ".jar");
    }

    private void fetch(Path folder, List<String> further) throws IOException {
        Command.require("mvn");
        Progress.report("Fetching " + artifact + " " + version + " with Maven.");
        Path project = Files.createTempDirectory("velo-fetch-");
        try (InputStream pom = MavenPackage.class.getResourceAsStream(POM)) {
            Files.copy(pom, project.resolve("pom.xml"));
            List<String> words =
                    new ArrayList<>(
                            List.of(
                                    "mvn",
                                    "-q",
                                    "-B",
                                    "-Dstyle.color=never",
                                    "-Dpackage.group=" + group,
                                    "-Dpackage.artifact=" + artifact,
                                    "-Dpackage.version=" + version,
                                    "-DincludeScope=runtime",
                                    "-DoutputDirectory=" + folder.toAbsolutePath()));
            words.addAll(further);
            // The build that runs us may keep its packages elsewhere.
            String repository = System.getProperty("maven.repo.local");
            if (repository != null) {
                words.add("-Dmaven.repo.local=" + repository);
            }
            words.add(
                    "org.apache.maven.plugins:maven-dependency-plugin:"
                            + ServerVersions.MAVEN_DEPENDENCY_PLUGIN
                            + ":copy-dependencies");
            Command.in(project).run(words);
        } finally {
            Folders.delete(project);
        }
    }
}
