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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server's process that hangs on a pipe: the kernel closes the pipe with this JVM, however the
 * JVM ends, and the process then ends too. Its output goes to a file.
 */
final class LeashedProcess {

    /** Starts the server in the background, prints its pid, and kills it when the pipe closes. */
    private static final String SHELL_LEASH =
            "exec 3<&0; \"$@\" </dev/null 3<&- >>\"$VELO_LOG\" 2>&1 & s=$!; echo $s;"
                    + " cat <&3 >/dev/null; kill -9 $s 2>/dev/null";

    private static final Duration AFTER_SIGKILL = Duration.ofSeconds(20);

    private final Process leash;
    private final ProcessHandle server;

    private LeashedProcess(Process leash, ProcessHandle server) {
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
        return new LeashedProcess(process, process.toHandle());
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
        ProcessHandle server =
                pid == null ? null : ProcessHandle.of(Long.parseLong(pid.strip())).orElse(null);
        return new LeashedProcess(leash, server);
    }

    boolean isAlive() {
        return server != null && server.isAlive();
    }

    /** The pid of the server, not of its leash. */
    long pid() {
        return server.pid();
    }

    /** The server's processes, the main one first. */
    List<Long> pids() {
        return isAlive()
                ? Stream.concat(Stream.of(server), server.descendants())
                        .map(ProcessHandle::pid)
                        .toList()
                : List.of();
    }

    /** Sends a signal to all processes of the server, such as {@code STOP}. */
    void signalAll(String signal) {
        signal(signal, pids());
    }

    /** Sends the signal to the main process and waits; kills the server if it does not end. */
    void end(String signal, Duration patience) {
        if (isAlive()) {
            signal(signal, List.of(pid()));
            awaitEnd(server, patience);
        }
        kill();
    }

    /** Ends the server's processes by SIGKILL, and the leash, and waits until they are gone. */
    void kill() {
        if (isAlive()) {
            List<ProcessHandle> children = server.descendants().toList();
            server.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(server, AFTER_SIGKILL);
            children.forEach(child -> awaitEnd(child, AFTER_SIGKILL));
        }
        endLeash();
    }

    private void endLeash() {
        List<ProcessHandle> children = leash.descendants().toList();
        // The shell first: it must not kill by a pid that somebody else may have by now.
        leash.destroyForcibly();
        awaitEnd(leash.toHandle(), AFTER_SIGKILL);
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> awaitEnd(child, AFTER_SIGKILL));
        try {
            leash.getOutputStream().close();
            leash.getInputStream().close();
        } catch (IOException ignored) {
            // The process is gone: nothing is lost with its pipes.
        }
    }

    private static boolean awaitEnd(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new ServerException("Cannot wait for process " + process.pid() + ".", e);
        }
    }

    private static void signal(String signal, List<Long> pids) {
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "kill -\"$@\" 2>/dev/null; true", "signal"));
        words.add(signal);
        pids.forEach(pid -> words.add(Long.toString(pid)));
        try {
            new ProcessBuilder(words).start().waitFor();
        } catch (IOException e) {
            throw new ServerException("Signal " + signal + " cannot be sent.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
