// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process of the system: signals to it, and its end. */
record Pid(ProcessHandle handle) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(3);

    // Fields of /proc/PID/stat, counted from the one after the name.
    private static final int STATE = 0;
    private static final int THREADS = 17;

    /** Sends the signal, such as {@code STOP}, to the processes that are still there. */
    static void signal(String signal, List<Pid> processes) {
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "kill -\"$@\" 2>/dev/null; true", "signal"));
        words.add(signal);
        processes.forEach(process -> words.add(Long.toString(process.handle.pid())));
        try {
            new ProcessBuilder(words).start().waitFor();
        } catch (IOException e) {
            throw new ServerException("Signal " + signal + " cannot be sent.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process runs or is paused. */
    boolean isAlive() {
        return handle.isAlive() && !isZombie();
    }

    /** The process and its descendants, parents before children. */
    List<Pid> family() {
        List<Pid> family = new ArrayList<>(List.of(this));
        handle.descendants().map(Pid::new).forEach(family::add);
        return family;
    }

    void kill() {
        handle.destroyForcibly();
    }

    /**
     * Waits for the end and says whether it came. Not by {@link ProcessHandle#onExit()}, which
     * looks seldom at processes that are not children of this JVM.
     */
    boolean awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    /** Ended, but not yet buried by its parent: in a container the parent may never do it. */
    private boolean isZombie() {
        try {
            Path file = Path.of("/proc", Long.toString(handle.pid()), "stat");
            String status = Files.readString(file, StandardCharsets.ISO_8859_1);
            // "pid (name) state …", where the name can hold anything.
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
            // While other threads are still ending, the process keeps its ports.
            return fields[STATE].equals("Z") && fields[THREADS].equals("1");
        } catch (IOException e) {
            // No such process, or no /proc.
            return false;
        }
    }
}
