// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Copies the jars of a Flink version out of Maven's repositories. */
final class FlinkJars {

    private static final int KEPT_OUTPUT = 1_500;

    private FlinkJars() {}

    /**
     * Copies all jars into the folder.
     *
     * <p>Some repositories lack the API jar of the SQL gateway of some versions; then {@link
     * FlinkVersion#gatewayApi()} takes its place, which is said.
     */
    static void copy(String version, Path folder, Consumer<String> progress) throws IOException {
        Path project = Files.createTempDirectory("velo-flink-");
        try (InputStream pom = FlinkJars.class.getResourceAsStream("flink-distribution.xml")) {
            Files.copy(pom, project.resolve("pom.xml"));
            String failure = run(project, folder, version, version);
            if (failure.contains("flink-sql-gateway-api")) {
                String other = FlinkVersion.gatewayApi();
                progress.accept(
                        "The repository has no flink-sql-gateway-api "
                                + version
                                + ": taking that of "
                                + other
                                + ".");
                failure = run(project, folder, version, other);
            }
            if (!failure.isEmpty()) {
                throw new SandboxException(
                        "Maven cannot fetch the jars of Flink "
                                + version
                                + ": does this version exist, and can its repository be reached? "
                                + failure);
            }
        } finally {
            FileTree.delete(project);
        }
    }

    /** Runs Maven; returns an empty text, or what it said when it failed. */
    private static String run(Path project, Path folder, String version, String gatewayApi)
            throws IOException {
        Path output = project.resolve("output.txt");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "mvn",
                                "-B",
                                "-q",
                                "dependency:copy-dependencies",
                                "-DincludeScope=runtime",
                                "-Dflink.version=" + version,
                                "-Dflink.gateway-api.version=" + gatewayApi,
                                "-DoutputDirectory=" + folder));
        // The build that runs us may keep its packages elsewhere.
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            words.add("-Dmaven.repo.local=" + repository);
        }
        Process maven;
        try {
            maven =
                    new ProcessBuilder(words)
                            .directory(project.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException e) {
            throw new SandboxException(
                    "Program 'mvn' cannot be started: install Maven 3.8 or newer and put it on the PATH.",
                    e);
        }
        return waitFor(maven) == 0
                ? ""
                : shortened(Files.readString(output, StandardCharsets.UTF_8));
    }

    private static int waitFor(Process maven) {
        try {
            return maven.waitFor();
        } catch (InterruptedException e) {
            maven.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new SandboxException("Fetching Flink was interrupted.", e);
        }
    }

    private static String shortened(String output) {
        String text = output.strip();
        return text.isEmpty()
                ? "Maven failed and said nothing."
                : text.substring(0, Math.min(KEPT_OUTPUT, text.length()));
    }
}
