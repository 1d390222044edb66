// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist.sandbox;

import io.velo.flink.testkit.server.JavaProgram;
import io.velo.flink.testkit.server.PackageCache;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A real Flink cluster on this machine, of separate processes: one JobManager, some TaskManagers,
 * and clients as they are run. Everything listens on 127.0.0.1 only and writes into one work
 * folder. No process outlives the JVM that started it, even if that JVM is killed.
 *
 * <p>Thread-safe: clients can run side by side, and TaskManagers can be killed meanwhile.
 */
public final class Sandbox implements AutoCloseable {

    private final WorkFolder folder;
    private final ClusterPrograms programs;
    private final Cluster cluster;
    private final Thread closeAtExit = new Thread(this::closeQuietly, "velo-sandbox-close");
    private boolean closed;

    private Sandbox(WorkFolder folder, ClusterPrograms programs, Cluster cluster) {
        this.folder = folder;
        this.programs = programs;
        this.cluster = cluster;
        Runtime.getRuntime().addShutdownHook(closeAtExit);
    }

    /**
     * Starts a cluster and returns when all its TaskManagers have registered. The first start of a
     * Flink version on a machine fetches its jars, which can take minutes.
     *
     * @throws SandboxException if the cluster cannot be had, with the name of the log that says why
     */
    public static Sandbox start(SandboxOptions options) {
        FlinkDistribution flink =
                FlinkDistribution.resolve(options.flinkVersion(), options.progress());
        WorkFolder folder = WorkFolder.of(options.workFolder());
        ClusterPrograms programs = new ClusterPrograms(flink, folder, options);
        Cluster cluster = new Cluster(options, folder, programs);
        Sandbox sandbox = new Sandbox(folder, programs, cluster);
        try {
            cluster.start();
            return sandbox;
        } catch (RuntimeException e) {
            // The folder stays: the message names a log in it.
            sandbox.stopProcesses();
            throw e;
        }
    }

    /** The address of the web UI and the REST interface. */
    public URI webUi() {
        return cluster.rest().root();
    }

    /** The folder with {@code config.yaml}. */
    public Path configuration() {
        return folder.conf();
    }

    /** The folder that everything is written into. */
    public Path workFolder() {
        return folder.root();
    }

    /** The folder with the logs of all processes. */
    public Path logs() {
        return folder.log();
    }

    /** The process ids of the JobManager, the TaskManagers and the clients that run now. */
    public List<Long> pids() {
        return programs.running().stream().map(child -> child.process().pid()).toList();
    }

    /** How many TaskManagers the JobManager knows now. */
    public int registeredTaskManagers() {
        return cluster.rest().taskManagers();
    }

    /**
     * Starts one more TaskManager, returns when it has registered, and tells its number. Numbers
     * count from 0 in the order of starting and are never used twice.
     */
    public int startTaskManager() {
        return cluster.startTaskManager();
    }

    /**
     * Ends a TaskManager by SIGKILL and returns when its process is gone.
     *
     * @throws IllegalArgumentException if there never was a TaskManager of this number
     */
    public void killTaskManager(int number) {
        cluster.killTaskManager(number);
    }

    /** Runs a file of SQL statements by the SQL Client, see {@link #runSql(Path, Consumer)}. */
    public ProgramOutcome runSql(Path file) {
        return runSql(file, line -> {});
    }

    /**
     * Runs a file of SQL statements by the SQL Client and returns when it has ended. It stops at
     * the first statement that fails; the exit code is then 1. An INSERT counts as done when its
     * job is submitted, unless the file sets {@code table.dml-sync}.
     *
     * @param lines takes each line the client prints, at once
     */
    public ProgramOutcome runSql(Path file, Consumer<String> lines) {
        if (!Files.isReadable(file)) {
            throw new SandboxException("File " + file + " cannot be read.");
        }
        String name = programs.nextName("sql-client");
        Path failures = folder.log().resolve(name + ".failures");
        JavaProgram client =
                programs.sqlClient(
                                name,
                                sqlArguments(List.of("-f", file.toAbsolutePath().toString())),
                                failures)
                        .property("org.jline.terminal.dumb", true);
        ProgramOutcome outcome = programs.run(name, client, lines);
        return outcome.succeeded() && !ClusterPrograms.noneFailed(failures)
                ? new ProgramOutcome(1, outcome.output())
                : outcome;
    }

    /**
     * A shell script that opens the SQL Client on the terminal it is run in. It is for a process
     * that is not in the cluster's process group, because Ctrl-C at that terminal, which cancels a
     * query, would end the cluster as well. The client ends with the JVM of this sandbox.
     */
    public String sqlClientScript() {
        String name = programs.nextName("sql-client");
        return programs.script(
                programs.sqlClient(
                        name, sqlArguments(List.of()), folder.log().resolve(name + ".failures")));
    }

    private static List<String> sqlArguments(List<String> further) {
        List<String> arguments = new ArrayList<>(List.of("embedded", "--history"));
        arguments.add(PackageCache.ofUser().root().resolve("sql-history").toString());
        arguments.addAll(further);
        return arguments;
    }

    /**
     * Submits a job as {@code flink run} does and returns when the client has ended.
     *
     * @param arguments options of {@code flink run}, the jar, and the arguments of its main
     * @param lines takes each line the client prints, at once
     */
    public ProgramOutcome flinkRun(List<String> arguments, Consumer<String> lines) {
        List<String> words = new ArrayList<>(List.of("run"));
        words.addAll(arguments);
        String name = programs.nextName("flink-run");
        return programs.run(
                name,
                programs.program(name, "org.apache.flink.client.cli.CliFrontend", words)
                        .option("-Xmx512m"),
                lines);
    }

    /** Submits the job of a jar's main class, see {@link #flinkRun(List, Consumer)}. */
    public ProgramOutcome flinkRun(Path jar, String... arguments) {
        List<String> words = new ArrayList<>(List.of(jar.toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        return flinkRun(words, line -> {});
    }

    /** Ends all processes and deletes a temporary work folder. Does nothing the second time. */
    @Override
    public void close() {
        stopProcesses();
        folder.close();
    }

    private synchronized void stopProcesses() {
        if (!closed) {
            closed = true;
            cluster.stop();
            if (Thread.currentThread() != closeAtExit) {
                Runtime.getRuntime().removeShutdownHook(closeAtExit);
            }
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (UncheckedIOException | SandboxException ignored) {
            // The JVM is ending: nobody is left to be told.
        }
    }
}
