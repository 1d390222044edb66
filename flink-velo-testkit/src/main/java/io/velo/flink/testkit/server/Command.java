// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs a tool of the host to its end. Immutable. */
final class Command {

    private static final Map<String, String> HOW_TO_INSTALL =
            Map.of(
                    "mvn", "Install Maven 3.8 or newer (Debian: apt-get install maven).",
                    "npm", "Install Node.js with npm (Debian: apt-get install npm).",
                    "apt-get", "It comes with Debian and Ubuntu only.",
                    "tar", "Install tar (Debian: apt-get install tar).",
                    "xz", "Install xz (Debian: apt-get install xz-utils).",
                    "unshare", "Install util-linux, or run as an ordinary user instead of root.");

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private static final int KEPT_OUTPUT = 2_000;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Duration limit = Duration.ofMinutes(15);

    private Command(Path folder) {
        this.folder = folder;
    }

    static Command in(Path folder) {
        return new Command(folder);
    }

    Command with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Command within(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    /** Ends all commands that run now: each then fails. */
    static void endAll() {
        RUNNING.forEach(Command::end);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Whether the host has the tool on its PATH. */
    static boolean isThere(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    /**
     * @throws ServerUnavailableException if the host does not have one of the tools
     */
    static void require(String... tools) {
        for (String tool : tools) {
            if (!isThere(tool)) {
                throw new ServerUnavailableException(
                        "The program '"
                                + tool
                                + "' is missing. "
                                + HOW_TO_INSTALL.getOrDefault(tool, "Install it."));
            }
        }
    }

    /**
     * Runs the command and returns what it printed.
     *
     * @throws ServerUnavailableException if it fails or does not end in time; the message ends with
     *     the last lines it printed
     */
    String run(String... words) throws IOException {
        return run(List.of(words));
    }

    String run(List<String> words) throws IOException {
        Path output = Files.createTempFile("velo-command-", ".log");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(words)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            RUNNING.add(process);
            int code = await(process, words);
            String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
            if (code != 0) {
                throw new ServerUnavailableException(
                        "The command '"
                                + String.join(" ", words)
                                + "' failed with code "
                                + code
                                + ". It said: "
                                + end(printed));
            }
            return printed;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private int await(Process process, List<String> words) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new ServerUnavailableException(
                    "The command '"
                            + String.join(" ", words)
                            + "' did not end within "
                            + limit.toSeconds()
                            + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while '" + words.get(0) + "' ran.", e);
        } finally {
            end(process);
            RUNNING.remove(process);
        }
    }

    private static String end(String printed) {
        String text = printed.strip();
        return text.substring(Math.max(0, text.length() - KEPT_OUTPUT));
    }
}
