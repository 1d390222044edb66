// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of the script {@code velo} as a process of its own, in some other folder. */
final class ScriptRun {

    private static final long MINUTES = 5;

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    private ScriptRun(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static ScriptRun start(Path folder, String... arguments) throws IOException {
        // Whoever runs the build in the background has it ignore what Ctrl-C sends.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.add(VeloHome.resolve("velo").toString());
        words.addAll(List.of(arguments));
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectError(errors.toFile());
        // The build that runs this test has just built everything.
        builder.environment().put("VELO_NO_BUILD", "1");
        return new ScriptRun(builder.start(), errors);
    }

    String nextLine() throws IOException {
        return output.readLine();
    }

    /** What Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    String remainingOutput() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The script did not end within " + MINUTES + " minutes.");
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }
}
