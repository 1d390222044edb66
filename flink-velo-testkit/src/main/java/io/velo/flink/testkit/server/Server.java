// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.server;

import java.nio.file.Path;
import java.util.List;

/**
 * A real server for tests. It listens on 127.0.0.1 only, keeps its port and its data folder from
 * {@link #start()} to {@link #close()}, and never outlives the JVM that started it, even if that
 * JVM is killed. Thread-safe: calls wait for each other.
 */
public interface Server extends AutoCloseable {

    /** One of {@code postgres}, {@code kafka}, {@code redis}, {@code clickhouse}. */
    String kind();

    /**
     * Starts the server and returns when it answers requests. The first start ever on a machine
     * fetches the server's packages, which can take minutes. Does nothing if the server runs.
     *
     * @throws ServerUnavailableException if the server cannot be had on this machine
     * @throws ServerException if it was had, but does not start; the message ends with its log
     */
    void start();

    /** Asks the server to end and waits until it has; data is kept. Does nothing if it is down. */
    void stop();

    /** Ends all processes of the server by SIGKILL; data is kept. Does nothing if it is down. */
    void kill();

    /** Stops the server if it runs, and starts it with the same port and data. */
    void restart();

    /** Whether the server's process is there, paused or not. */
    boolean isRunning();

    /** The TCP port for clients, from 10000 to 31999; the same for the server's whole life. */
    int port();

    /** The server as a Velo URI without a password, such as {@code redis://127.0.0.1:12345}. */
    String uri();

    /** The folder with the server's data and its log {@code out.log}. */
    Path folder();

    /** The process ids of the running server, its main process first; empty if it is down. */
    List<Long> pids();

    /** Freezes all processes of the server (SIGSTOP): connections stay open, nothing answers. */
    void pause();

    /** Lets a paused server go on (SIGCONT). */
    void resume();

    /**
     * Stops the server, deletes its folder and gives its port back. Does nothing if done before.
     */
    @Override
    void close();
}
