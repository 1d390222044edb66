// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A server's process that hangs on a pipe: the kernel closes the pipe with this JVM, however the
 * JVM ends, and the process then ends too. Its output goes to a file. Not thread-safe.
 */
final class LeashedProcess {

    /** Starts the server in the background, prints its pid, and kills it when the pipe closes. */
    private static final String SHELL_LEASH =
            "exec 3<&0; \"$@\" </dev/null 3<&- >>\"$VELO_LOG\" 2>&1 & s=$!; echo $s;"
                    + " cat <&3 >/dev/null; kill -9 $s 2>/dev/null";

    private static final Duration AFTER_SIGKILL = Duration.ofSeconds(60);

    private final Process leash;
    private final Pid server;

    private LeashedProcess(Process leash, Pid server) {
        this.leash = leash;
        this.server = server;
    }

    /** Starts a JVM that ends by itself when its standard input does, see {@link Leash}. */
    static LeashedProcess jvm(List<String> words, Path folder, Path log) throws IOException {
        Process process =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        return new LeashedProcess(process, new Pid(process.toHandle()));
    }

    /** Starts a program that knows nothing of leashes, below a shell that does. */
    static LeashedProcess program(
            List<String> words, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", SHELL_LEASH, "leash"));
        shell.addAll(words);
        ProcessBuilder builder =
                new ProcessBuilder(shell)
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("VELO_LOG", log.toString());
        Process leash = builder.start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(leash.getInputStream(), StandardCharsets.US_ASCII));
        String pid = output.readLine();
        if (pid == null) {
            leash.destroyForcibly();
            throw new IOException("The shell 'sh' did not start " + words.get(0) + ".");
        }
        return new LeashedProcess(
                leash, ProcessHandle.of(Long.parseLong(pid.strip())).map(Pid::new).orElse(null));
    }

    /** Whether the server's main process is there, paused or not. */
    boolean isAlive() {
        return server != null && server.isAlive();
    }

    /** The pid of the server, not of its leash. */
    long pid() {
        return server.handle().pid();
    }

    /** The server's processes, the main one first. */
    List<Long> pids() {
        return family().stream().map(process -> process.handle().pid()).toList();
    }

    /** Sends a signal to all processes of the server, such as {@code STOP}. */
    void signalAll(String signal) {
        Pid.signal(signal, family());
    }

    /** Sends the signal to the main process and waits; kills the server if it does not end. */
    void end(String signal, Duration patience) {
        if (isAlive()) {
            Pid.signal(signal, List.of(server));
            server.awaitEnd(patience);
        }
        kill();
    }

    /** Ends the server's processes by SIGKILL, and the leash, and waits until they are gone. */
    void kill() {
        killAll(frozen());
        // The shell first: it must not kill by a pid that somebody else may have by now.
        killAll(new Pid(leash.toHandle()).family());
        try {
            leash.getOutputStream().close();
            leash.getInputStream().close();
        } catch (IOException ignored) {
            // The process is gone: nothing is lost with its pipes.
        }
    }

    /**
     * The server's processes, all paused: one that runs could start another between our look and
     * its end, which nobody would then find.
     */
    private List<Pid> frozen() {
        List<Pid> family = family();
        Set<Pid> paused = new HashSet<>();
        while (paused.addAll(family)) {
            Pid.signal("STOP", family);
            family = family();
        }
        return family;
    }

    private List<Pid> family() {
        return isAlive() ? server.family() : List.of();
    }

    private static void killAll(List<Pid> family) {
        family.forEach(Pid::kill);
        family.forEach(process -> process.awaitEnd(AFTER_SIGKILL));
    }
}
