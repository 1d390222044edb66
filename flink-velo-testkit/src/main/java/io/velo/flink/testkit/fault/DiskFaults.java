// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.fault;

import io.velo.flink.testkit.fault.Fault.Effect;
import io.velo.flink.testkit.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A disk that is full for a server. No file of the server's processes can grow beyond a limit
 * ({@code prlimit --fsize} of util-linux, Linux only): writes behind it fail. A server that does
 * not ignore the signal SIGXFSZ ends when it meets the limit; PostgreSQL ignores it, Redis does
 * not.
 */
public final class DiskFaults {

    private DiskFaults() {}

    /**
     * No file of the server's processes can grow beyond so many bytes. PostgreSQL's log segments
     * have 16 MiB: with less it cannot even write its log, and ends.
     */
    public static Fault full(Server server, long bytes) {
        return new SimpleFault(
                "disk full for " + server.kind(),
                () -> limit(server.pids(), Long.toString(bytes)),
                () -> {
                    List<Long> pids = server.pids();
                    limit(pids, "unlimited");
                    return pids.isEmpty() ? Effect.NOTHING : Effect.DISTURBED;
                });
    }

    private static void limit(List<Long> pids, String bytes) {
        for (long pid : pids) {
            run(List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":"), pid);
        }
    }

    private static void run(List<String> words, long pid) {
        try {
            Process process =
                    new ProcessBuilder(new ArrayList<>(words))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = process.waitFor(10, TimeUnit.SECONDS);
            // A session's process may have ended by itself meanwhile.
            boolean there = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
            if (!ended || (process.exitValue() != 0 && there)) {
                throw new IllegalStateException("'" + String.join(" ", words) + "' failed.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The program 'prlimit' (util-linux) is missing.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
