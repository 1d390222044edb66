// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster inside this JVM whose TaskManagers can be killed and replaced while jobs run. It
 * listens on 127.0.0.1 only. Thread-safe; its environments are not.
 */
public final class LocalCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MiniCluster cluster;
    private final Configuration settings;

    /** The indexes of TaskManagers that run; the cluster numbers those that it ever had. */
    private final Deque<Integer> running = new ArrayDeque<>();

    private int everStarted;

    private LocalCluster(MiniCluster cluster, Configuration settings, int taskManagers) {
        this.cluster = cluster;
        this.settings = settings;
        for (int i = 0; i < taskManagers; i++) {
            running.add(everStarted++);
        }
    }

    /**
     * Starts a cluster.
     *
     * @param taskManagers how many
     * @param slots of each
     * @param settings Flink's, for the cluster and all jobs
     * @throws Exception if it cannot be started
     */
    public static LocalCluster start(int taskManagers, int slots, Map<String, String> settings)
            throws Exception {
        Configuration all = new Configuration();
        all.setString("jobmanager.bind-host", "127.0.0.1");
        all.setString("taskmanager.bind-host", "127.0.0.1");
        all.setString("taskmanager.host", "127.0.0.1");
        all.setString("rest.address", "127.0.0.1");
        all.setString("rest.bind-address", "127.0.0.1");
        all.setString("taskmanager.memory.network.min", "16mb");
        all.setString("taskmanager.memory.network.max", "16mb");
        all.setString("execution.target", LocalExecution.NAME);
        all.setString("execution.attached", "true");
        settings.forEach(all::setString);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(all)
                                .setNumTaskManagers(taskManagers)
                                .setNumSlotsPerTaskManager(slots)
                                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                .withRandomPorts()
                                .build());
        cluster.start();
        return new LocalCluster(cluster, all, taskManagers);
    }

    /** An environment whose jobs run in this cluster, for one thread. */
    public StreamExecutionEnvironment environment() {
        return new StreamExecutionEnvironment(
                new LocalExecution(cluster), settings, LocalCluster.class.getClassLoader());
    }

    /**
     * Ends the TaskManager that has run longest, with all tasks on it. They are interrupted and
     * closed as those of a lost machine are not: this tests the recovery of a job, not what a
     * process leaves behind.
     *
     * @throws IllegalStateException if there is none, or it does not end
     */
    public synchronized void killTaskManager() {
        if (running.isEmpty()) {
            throw new IllegalStateException("No TaskManager runs.");
        }
        try {
            cluster.terminateTaskManager(running.remove())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A TaskManager does not end.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds a TaskManager.
     *
     * @throws IllegalStateException if it cannot be started
     */
    public synchronized void startTaskManager() {
        try {
            cluster.startTaskManager();
        } catch (Exception e) {
            throw new IllegalStateException("A TaskManager does not start.", e);
        }
        running.add(everStarted++);
    }

    /** How many TaskManagers run. */
    public synchronized int taskManagers() {
        return running.size();
    }

    /** The port of Flink's REST interface. */
    public int restPort() {
        return cluster.getRestAddress().join().getPort();
    }

    /** Ends all jobs and the cluster. */
    @Override
    public void close() throws Exception {
        cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
