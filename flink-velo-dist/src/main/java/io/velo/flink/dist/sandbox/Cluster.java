// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.ClaimedPort;
import io.velo.flink.testkit.server.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The JobManager and the TaskManagers of one sandbox. Thread-safe. */
final class Cluster {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final int ATTEMPTS = 3;

    private final SandboxOptions options;
    private final WorkFolder folder;
    private final ClusterPrograms programs;
    private final List<ChildProcess> taskManagers = new ArrayList<>();
    private final Collection<ClaimedPort> ports = new ConcurrentLinkedQueue<>();
    private volatile ClusterRest rest;
    private volatile boolean stopping;

    Cluster(SandboxOptions options, WorkFolder folder, ClusterPrograms programs) {
        this.options = options;
        this.folder = folder;
        this.programs = programs;
    }

    ClusterRest rest() {
        return rest;
    }

    /** Starts everything and waits until the JobManager knows all TaskManagers. */
    void start() {
        options.progress()
                .accept(
                        "Starting Flink "
                                + options.flinkVersion()
                                + ": one JobManager, "
                                + options.taskManagers()
                                + " TaskManager(s).");
        startJobManager();
        List<ChildProcess> started = new ArrayList<>();
        for (int i = 0; i < options.taskManagers(); i++) {
            started.add(launchTaskManager());
        }
        started.forEach(this::awaitRegistration);
    }

    /** A program that knows no claims may take a port before its use: then others are tried. */
    private void startJobManager() {
        for (int attempt = 1; ; attempt++) {
            int restPort = claimPort();
            rest = new ClusterRest(restPort);
            writeConfiguration(restPort);
            ChildProcess jobManager = launchJobManager();
            try {
                await(jobManager, () -> rest.taskManagers() >= 0, "answer on port " + restPort);
                return;
            } catch (SandboxException e) {
                jobManager.kill();
                if (attempt == ATTEMPTS || stopping || !portWasTaken()) {
                    throw e;
                }
            }
        }
    }

    private void writeConfiguration(int restPort) {
        Path file = folder.conf().resolve("config.yaml");
        try {
            new FlinkConfiguration(options, folder, restPort, claimPort()).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("File " + file + " cannot be written.", e);
        }
    }

    /** A port that no other sandbox or test server takes as long as this one runs. */
    private int claimPort() {
        ClaimedPort port = ClaimedPort.any();
        ports.add(port);
        return port.number();
    }

    private boolean portWasTaken() {
        try {
            return Files.readString(programs.logOf("jobmanager")).contains("BindException");
        } catch (IOException e) {
            return false;
        }
    }

    private ChildProcess launchJobManager() {
        return programs.startServer(
                "jobmanager",
                programs.program(
                                "jobmanager",
                                "org.apache.flink.runtime.entrypoint"
                                        + ".StandaloneSessionClusterEntrypoint",
                                List.of("--configDir", folder.conf().toString()))
                        .option("-Xmx512m")
                        .option("-XX:MaxMetaspaceSize=256m"));
    }

    private ChildProcess launchTaskManager() {
        synchronized (taskManagers) {
            if (stopping) {
                throw new SandboxException("The sandbox is closed.");
            }
            String name = "taskmanager-" + taskManagers.size();
            JavaProgram program =
                    programs.program(
                                    name,
                                    "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                                    List.of(
                                            "--configDir",
                                            folder.conf().toString(),
                                            "-Dtaskmanager.resource-id=" + name))
                            .option("-Xms512m")
                            .option("-Xmx512m")
                            .option("-XX:MaxDirectMemorySize=192m")
                            .option("-XX:MaxMetaspaceSize=256m");
            ChildProcess process = programs.startServer(name, program);
            taskManagers.add(process);
            return process;
        }
    }

    int startTaskManager() {
        ChildProcess process = launchTaskManager();
        awaitRegistration(process);
        synchronized (taskManagers) {
            return taskManagers.indexOf(process);
        }
    }

    void killTaskManager(int number) {
        ChildProcess process;
        synchronized (taskManagers) {
            if (number < 0 || number >= taskManagers.size()) {
                throw new IllegalArgumentException(
                        "There is no TaskManager "
                                + number
                                + "; numbers go from 0 to "
                                + (taskManagers.size() - 1)
                                + ".");
            }
            process = taskManagers.get(number);
        }
        process.kill();
    }

    private void awaitRegistration(ChildProcess process) {
        await(process, () -> rest.hasTaskManager(process.name()), "register");
    }

    private void await(ChildProcess process, BooleanSupplier ready, String doing) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!ready.getAsBoolean()) {
            String trouble = null;
            if (stopping) {
                trouble = " was stopped before it could " + doing;
            } else if (!process.isAlive()) {
                trouble = " ended with code " + process.waitFor() + " before it could " + doing;
            } else if (Instant.now().isAfter(deadline)) {
                trouble = " did not " + doing + " within " + PATIENCE.toSeconds() + " s";
            }
            if (trouble != null) {
                throw new SandboxException(
                        "The " + process.name() + trouble + ": read " + logOf(process) + ".");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The log, or what the process printed if it ended before it could log. */
    private Path logOf(ChildProcess process) {
        Path log = programs.logOf(process.name());
        return Files.exists(log) ? log : folder.log().resolve(process.name() + ".out");
    }

    /** Ends all processes of the sandbox: clients at once, servers in good order. */
    void stop() {
        stopping = true;
        List<ChildProcess> all = programs.running();
        // All at once: waiting for one after the other would add up.
        all.parallelStream().forEach(child -> child.stop(GRACE));
        // A client or TaskManager that was being started meanwhile.
        programs.running().forEach(ChildProcess::kill);
        ports.forEach(ClaimedPort::close);
    }
}
