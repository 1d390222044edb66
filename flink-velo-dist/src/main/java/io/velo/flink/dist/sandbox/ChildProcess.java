// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One running child JVM of a sandbox. Thread-safe. */
final class ChildProcess {

    private static final Duration AFTER_SIGKILL = Duration.ofSeconds(20);

    private final String name;
    private final Process process;

    ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    String name() {
        return name;
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process ends and returns its exit code. */
    int waitFor() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new SandboxException("Waiting for the " + name + " was interrupted.", e);
        }
    }

    /** Ends the process by SIGTERM, and by SIGKILL if it takes too long. */
    void stop(Duration patience) {
        // Not by Process.destroy: it closes the pipe, at which the leash kills at once.
        process.toHandle().destroy();
        if (!awaitEnd(patience)) {
            kill();
        }
        closePipe();
    }

    /** Ends the process by SIGKILL and returns when it is gone. */
    void kill() {
        process.toHandle().destroyForcibly();
        awaitEnd(AFTER_SIGKILL);
        closePipe();
    }

    private boolean awaitEnd(Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new SandboxException("The " + name + " cannot be waited for.", e);
        }
    }

    private void closePipe() {
        try {
            process.getOutputStream().close();
        } catch (IOException ignored) {
            // The process is gone: nothing is lost with its pipe.
        }
    }
}
